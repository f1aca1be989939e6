package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import org.junit.jupiter.api.Test;

/** Slot time follows its leader's clock, and no single clock alone. */
final class SlotTimeTest {

    private static final MemberSet VOTERS = MemberSet.of(1, 2, 3);
    private static final long HOUR = 3_600_000;

    private final SlotState state = new SlotState(
            0,
            1,
            SlotConfiguration.stable(1, VOTERS),
            cache -> {
                throw new IllegalStateException("nothing is stored");
            },
            5_500,
            new FingerprintKey(1, 2));
    private final SlotTime time = new SlotTime(state, 1, 500);

    @Test
    void waitsForTheClocksOfMajority() {
        assertThat(time.advance(10_000, VOTERS, 0)).isFalse();
        assertThat(state.slotTimeMillis()).isZero();

        time.heard(2, 9_000, 0);

        assertThat(time.advance(9_400, VOTERS, 0)).isFalse();
        assertThat(state.slotTimeMillis()).isEqualTo(9_400);
    }

    @Test
    void clockFarAheadIsKeptBack() {
        time.heard(2, 10_000, 0);
        time.heard(3, 9_000, 0);

        assertThat(time.advance(10_000 + HOUR, VOTERS, 0)).isTrue();

        assertThat(state.slotTimeMillis())
                .as("the second of three, and the offset")
                .isEqualTo(10_500);
    }

    @Test
    void oneFollowerFarAheadChangesNothing() {
        time.heard(2, 10_000, 0);
        time.heard(3, 10_000 + HOUR, 0);

        assertThat(time.advance(10_100, VOTERS, 0)).isFalse();

        assertThat(state.slotTimeMillis()).isEqualTo(10_100);
    }

    @Test
    void clocksGoOnBetweenAnswers() {
        time.heard(2, 10_000, 0);

        assertThat(time.advance(10_000 + HOUR, VOTERS, 60_000)).isTrue();

        assertThat(state.slotTimeMillis()).isEqualTo(10_000 + 60_000 + 500);
    }

    @Test
    void neverGoesBack() {
        time.heard(2, 10_000, 0);
        time.advance(10_400, VOTERS, 0);

        time.advance(7_000, VOTERS, 0);

        assertThat(state.slotTimeMillis()).isEqualTo(10_400);
    }

    @Test
    void loneVoterIsItsOwnMajority() {
        assertThat(time.advance(4_000, MemberSet.of(1), 0)).isFalse();
        assertThat(state.slotTimeMillis()).isEqualTo(4_000);
    }
}
