package dev.hypercache.spi.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class TraceContextTest {

    @Test
    void idsOfZerosAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceContext(0, 0, 1, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceContext(1, 1, 0, true));
        assertThat(new TraceContext(0, 1, 1, true).sampled()).isTrue();
        assertThat(new TraceContext(1, 0, 1, false).sampled()).isFalse();
    }
}
