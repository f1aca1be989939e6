package dev.hypercache.runtime.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.move.MoveLimits;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardedMovesTest {

    private static final int RECEIVER = 4;

    private final AtomicInteger told = new AtomicInteger();
    private final GuardedMoves moves = new GuardedMoves(new MoveLimits(2, 1 << 20));

    @Test
    void slotsThatWereRefusedHaveTheirTurnOneAfterTheOther() {
        moves.whenFreed(told::incrementAndGet);
        for (int slot = 0; slot < 5; slot++) {
            assertThat(moves.begin(slot, RECEIVER)).isEqualTo(slot < 2);
        }
        assertThat(moves.nextWaiting()).as("no room").isEqualTo(GuardedMoves.NONE);

        moves.completed(0, RECEIVER);
        assertThat(told).hasValue(1);
        assertThat(moves.nextWaiting()).isEqualTo(2);
        assertThat(moves.begin(2, RECEIVER)).isTrue();
        assertThat(moves.nextWaiting()).as("no room").isEqualTo(GuardedMoves.NONE);

        moves.failed(1, RECEIVER);
        assertThat(told).hasValue(2);
        assertThat(moves.nextWaiting()).isEqualTo(3);
        assertThat(moves.nextWaiting()).as("the one before did not begin").isEqualTo(4);
        assertThat(moves.nextWaiting()).isEqualTo(GuardedMoves.NONE);
    }

    @Test
    void nobodyIsToldWhereNobodyWaits() {
        moves.whenFreed(told::incrementAndGet);
        assertThat(moves.begin(0, RECEIVER)).isTrue();
        moves.completed(0, RECEIVER);
        assertThat(told).hasValue(0);
    }
}
