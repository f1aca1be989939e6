package dev.hypercache.core.member;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a suspected member may take to refute. */
final class SuspicionTest {

    private static final SwimPace PACE = new SwimPace(1_000, 1, 500, 3, 4);

    @Test
    void timeBeginsWithTheFactorAndEndsWithAPeriod() {
        assertThat(Suspicion.timeoutMillis(PACE, 3, 1)).isEqualTo(4_000);
        assertThat(Suspicion.timeoutMillis(PACE, 3, 2)).isEqualTo(2_500);
        assertThat(Suspicion.timeoutMillis(PACE, 10, 4)).isEqualTo(1_000);
        assertThat(Suspicion.timeoutMillis(PACE, 100, 1)).isEqualTo(8_000);
        assertThat(Suspicion.timeoutMillis(PACE, 100, 4)).isEqualTo(2_000);
    }

    @Test
    void eachObserverShortensItByLess() {
        for (int members = 2; members < 400; members++) {
            long before = Suspicion.timeoutMillis(PACE, members, 1);
            long stepBefore = Long.MAX_VALUE;
            assertThat(Suspicion.timeoutMillis(PACE, members, 0)).isEqualTo(before);
            for (int observers = 2; observers <= 1 + Suspicion.CONFIRMATIONS; observers++) {
                long now = Suspicion.timeoutMillis(PACE, members, observers);
                assertThat(before - now).isPositive().isLessThanOrEqualTo(stepBefore);
                stepBefore = before - now;
                before = now;
            }
            assertThat(Suspicion.timeoutMillis(PACE, members, 8)).isEqualTo(before);
        }
    }

    @Test
    void timeIsNeverShorterThanAProbeWithHelp() {
        SwimPace fast = new SwimPace(10, 1, 500, 3, 1);

        assertThat(Suspicion.timeoutMillis(fast, 5, 8)).isEqualTo(1_000);
    }

    @Test
    void timeOfAPauseDoesNotCount() {
        Suspicion suspicion = new Suspicion(100);
        suspicion.postpone(50);

        assertThat(suspicion.isOver(1_000, 1_149)).isFalse();
        assertThat(suspicion.isOver(1_000, 1_150)).isTrue();
    }

    @Test
    void slownessStretchesAndHasAnEnd() {
        LocalHealth health = new LocalHealth();
        assertThat(health.stretched(500)).isEqualTo(500);
        health.worse(3);
        assertThat(health.stretched(500)).isEqualTo(2_000);
        health.worse(100);
        assertThat(health.stretched(500)).isEqualTo(4_500);
        assertThat(health.isWorst()).isTrue();
        for (int i = 0; i < 20; i++) {
            health.better();
        }
        assertThat(health.stretched(500)).isEqualTo(500);
    }
}
