package dev.hypercache.spi.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class RetentionLimitsTest {

    @Test
    void boundBelowOneIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionLimits(0, 1))
                .withMessage("entriesMax is 0: a bound is at least 1. Use RetentionLimits.UNBOUNDED to set none.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetentionLimits(1, -5))
                .withMessageStartingWith("weightMax is -5");
    }

    @Test
    void unboundedLimitsBindNothing() {
        RetentionLimits limits = RetentionLimits.unbounded();

        assertThat(limits.entriesMax()).isEqualTo(Long.MAX_VALUE);
        assertThat(limits.weightMax()).isEqualTo(Long.MAX_VALUE);
    }
}
