package dev.hypercache.core.leaderless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.record.HybridVersion;
import org.junit.jupiter.api.Test;

final class DirtySetTest {

    private final DirtySet<String> missing = new DirtySet<>(2);

    private static HybridVersion version(long stamp) {
        return new HybridVersion(stamp, 1);
    }

    @Test
    void keyIsRememberedOnceUntilItsNewestVersionIsConfirmed() {
        assertThat(missing.add("k", version(10), 0, false)).isTrue();
        assertThat(missing.add("k", version(20), 5, false)).isTrue();
        assertThat(missing.size()).isEqualTo(1);

        missing.confirmed("k", version(10));
        assertThat(missing.isEmpty()).isFalse();
        missing.confirmed("k", version(20));
        assertThat(missing.isEmpty()).isTrue();
    }

    @Test
    void versionBeforeTheNewestIsMissingUntilThatIsConfirmed() {
        missing.add("k", version(10), 0, false);
        missing.add("k", version(30), 0, false);

        assertThat(missing.isClearUpTo(version(9))).isTrue();
        assertThat(missing.isClearUpTo(version(20))).isFalse();
    }

    @Test
    void thirdKeyOfTwoIsNotTaken() {
        missing.add("a", version(1), 0, false);
        missing.add("b", version(2), 0, false);

        assertThat(missing.add("c", version(3), 0, false)).isFalse();
    }

    @Test
    void keysAreDueInTheOrderOfTheirSending() {
        missing.add("a", version(1), 0, false);
        missing.add("b", version(2), 10, false);

        assertThat(missing.nextDue(5, 100)).isEqualTo("a");
        assertThat(missing.nextDue(5, 100)).isNull();
        assertThat(missing.nextDue(50, 100)).isEqualTo("b");
    }

    @Test
    void comparisonIsClearWhenWhatItFoundIsConfirmed() {
        missing.add("a", version(1), DirtySet.NEVER, true);
        missing.add("b", version(2), 0, false);

        assertThat(missing.isClearOfComparison()).isFalse();
        missing.confirmed("a", version(1));
        assertThat(missing.isClearOfComparison()).isTrue();
    }
}
