package dev.hypercache.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpiryRuleTest {

    private static final long NOW = 1_000;
    private static final long CURRENT = 5_000;

    @Test
    void durationsCountFromNow() {
        ExpiryRule rule = new ExpiryRule(100, 200, 300);
        assertThat(rule.afterCreation(NOW)).isEqualTo(1_100);
        assertThat(rule.afterUpdate(NOW, CURRENT)).isEqualTo(1_200);
        assertThat(rule.afterAccess(NOW, CURRENT)).isEqualTo(1_300);
    }

    @Test
    void unchangedLeavesTheEndOfLifeWhereItIs() {
        ExpiryRule rule = new ExpiryRule(100, ExpiryRule.UNCHANGED, ExpiryRule.UNCHANGED);
        assertThat(rule.afterUpdate(NOW, CURRENT)).isEqualTo(CURRENT);
        assertThat(rule.afterAccess(NOW, CURRENT)).isEqualTo(CURRENT);
        assertThat(rule.dependsOnAccess()).isFalse();
    }

    @Test
    void zeroEndsTheLifeNow() {
        ExpiryRule rule = new ExpiryRule(0, 0, 0);
        assertThat(rule.afterCreation(NOW)).isEqualTo(NOW);
        assertThat(rule.afterUpdate(NOW, CURRENT)).isEqualTo(NOW);
        assertThat(rule.afterAccess(NOW, CURRENT)).isEqualTo(NOW);
        assertThat(rule.dependsOnAccess()).isTrue();
    }

    @Test
    void eternalAndOverflowingDurationsHaveNoEnd() {
        ExpiryRule eternal = new ExpiryRule(ExpiryRule.ETERNAL, ExpiryRule.ETERNAL, ExpiryRule.ETERNAL);
        ExpiryRule overflowing = new ExpiryRule(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);
        for (ExpiryRule rule : new ExpiryRule[] {eternal, overflowing}) {
            assertThat(rule.afterCreation(NOW)).isEqualTo(StoredRecord.NEVER);
            assertThat(rule.afterUpdate(NOW, CURRENT)).isEqualTo(StoredRecord.NEVER);
            assertThat(rule.afterAccess(NOW, CURRENT)).isEqualTo(StoredRecord.NEVER);
        }
    }

    @ParameterizedTest
    @CsvSource({"E, -, -, true", "E, E, E, true", "100, -, -, false", "E, 100, -, false", "E, -, 100, false"})
    void ruleIsEternalIfNothingGivesAnEnd(String creation, String update, String access, boolean eternal) {
        assertThat(new ExpiryRule(millis(creation), millis(update), millis(access)).isEternal())
                .isEqualTo(eternal);
    }

    @Test
    void negativeDurationsAreRefused() {
        assertThatThrownBy(() -> new ExpiryRule(-1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("creationMillis must be 0 or more, but is -1");
        assertThatThrownBy(() -> new ExpiryRule(0, -2, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-2 and 0");
        assertThatThrownBy(() -> new ExpiryRule(0, 0, -2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 and -2");
    }

    private static long millis(String text) {
        switch (text) {
            case "E":
                return ExpiryRule.ETERNAL;
            case "-":
                return ExpiryRule.UNCHANGED;
            default:
                return Long.parseLong(text);
        }
    }
}
