package dev.hypercache.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HybridClockTest {

    private final HybridClock clock = new HybridClock(500);

    @Test
    void stampsRiseWhileTheTimeStandsStill() {
        long first = clock.tick(1_000, 0);
        long second = clock.tick(1_000, 0);

        assertThat(HybridClock.millisOf(first)).isEqualTo(1_000);
        assertThat(second).isEqualTo(first + 1);
    }

    @Test
    void stampIsAboveWhatItMustBeAbove() {
        long above = HybridClock.stampOf(1_400) + 7;

        assertThat(clock.tick(1_000, above)).isEqualTo(above + 1);
        assertThat(clock.tick(1_000, 0)).isEqualTo(above + 2);
    }

    @Test
    void stampFromTheFutureIsNotTaken() {
        assertThat(clock.observe(HybridClock.stampOf(1_501), 1_000)).isFalse();
        assertThat(clock.last()).isZero();
        assertThat(clock.observe(HybridClock.stampOf(1_500), 1_000)).isTrue();
        assertThat(clock.tick(1_000, 0)).isGreaterThan(HybridClock.stampOf(1_500));
    }

    @Test
    void newStampsFollowATimeThatWasPutRight() {
        clock.tick(600_000, 0);

        assertThat(HybridClock.millisOf(clock.tick(1_000, 0))).isEqualTo(1_000);
        assertThat(HybridClock.millisOf(clock.last())).isEqualTo(600_000);
    }

    @Test
    void counterThatRunsOverTakesTheNextMillisecond() {
        long last = HybridClock.stampOf(1_001) - 1;

        assertThat(HybridClock.millisOf(clock.tick(1_000, last))).isEqualTo(1_001);
    }

    @Test
    void versionsAreOrderedByStampThenByOrigin() {
        HybridVersion low = new HybridVersion(5, HybridVersion.originOf(2, 9));
        HybridVersion high = new HybridVersion(5, HybridVersion.originOf(3, 1));

        assertThat(low).isLessThan(high);
        assertThat(high).isLessThan(new HybridVersion(6, 0)).isLessThan(HybridVersion.lastOf(5));
        assertThat(high.member()).isEqualTo(3);
        assertThat(low.orLater(high)).isEqualTo(high);
        assertThatThrownBy(() -> new HybridVersion(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
