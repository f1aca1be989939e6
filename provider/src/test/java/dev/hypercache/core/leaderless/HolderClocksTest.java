package dev.hypercache.core.leaderless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.HolderHead;
import dev.hypercache.core.record.HybridClock;
import dev.hypercache.core.ring.MemberSet;
import org.junit.jupiter.api.Test;

final class HolderClocksTest {

    private static final MemberSet THREE = MemberSet.of(1, 2, 3);

    private final HolderClocks clocks = new HolderClocks();

    private static HolderHead head(long wallMillis, long stampMillis) {
        return new HolderHead(1, 1, wallMillis, HybridClock.stampOf(stampMillis));
    }

    @Test
    void nodeThatHeardNobodyFollowsItsOwnClock() {
        assertThat(clocks.millis(THREE, 1, 700, 0)).isEqualTo(700);
    }

    @Test
    void oneClockMovesNobody() {
        clocks.heard(2, head(1_000, 0), 0);
        clocks.heard(3, head(600_000, 0), 0);

        assertThat(clocks.millis(THREE, 1, 990, 0)).isEqualTo(1_000);
        assertThat(clocks.millis(THREE, 1, 900_000, 0)).isEqualTo(600_000);

        clocks.heard(3, head(1_010, 0), 0);
        clocks.heard(2, head(4_000, 0), 3_000);
        clocks.heard(3, head(4_010, 0), 3_000);
        assertThat(clocks.millis(THREE, 1, 900_000, 3_000)).isEqualTo(4_010);
        assertThat(clocks.millis(THREE, 1, 5, 3_000)).isEqualTo(4_000);
    }

    @Test
    void messageThatWasUnderWayForLongTurnsNoClockBack() {
        clocks.heard(2, head(1_000, 0), 0);
        clocks.heard(3, head(1_000, 0), 0);
        clocks.heard(2, head(1_100, 0), 20_000);
        clocks.heard(3, head(1_100, 0), 20_000);

        assertThat(clocks.millis(THREE, 1, 21_000, 20_000)).isEqualTo(21_000);
    }

    @Test
    void nodeThatWasPausedTurnsNoClockBackByWhatItReadsLate() {
        clocks.heard(2, head(1_000, 0), 0);
        clocks.heard(3, head(1_000, 0), 0);
        clocks.heard(2, head(1_490, 0), 500); // Ten milliseconds longer under way: its clock is in doubt since.
        clocks.heard(3, head(1_490, 0), 500);

        clocks.heard(2, head(1_600, 0), 30_000);
        clocks.heard(3, head(1_600, 0), 30_000);
        assertThat(clocks.millis(THREE, 1, 31_000, 30_000)).isEqualTo(30_990);

        clocks.heard(2, head(4_600, 0), 33_000);
        clocks.heard(3, head(4_600, 0), 33_000);
        assertThat(clocks.millis(THREE, 1, 34_000, 33_000)).isEqualTo(4_600);
    }

    @Test
    void whoIsHeardForTheFirstTimeMayHaveSpokenLongAgo() {
        clocks.heard(2, head(1_000, 0), 30_000);
        clocks.heard(3, head(1_000, 0), 30_000);

        assertThat(clocks.millis(THREE, 1, 31_000, 30_000)).isEqualTo(1_000);
        assertThat(clocks.latestMillis(THREE, 1, 31_000, 30_000)).isEqualTo(31_000);
        assertThat(clocks.latestMillis(THREE, 1, 34_000, 33_000)).isEqualTo(4_000);
    }

    @Test
    void clocksGoOnBetweenMessages() {
        clocks.heard(2, head(1_000, 0), 10);
        clocks.heard(3, head(1_000, 0), 10);

        assertThat(clocks.millis(THREE, 1, 5, 260)).isEqualTo(1_250);
    }

    @Test
    void hybridClocksCountAsFarAsTheyGot() {
        clocks.heard(2, head(1_000, 5_000), 0);
        clocks.heard(3, head(1_000, 5_000), 0);

        assertThat(clocks.millis(THREE, 1, 1_000, 100)).isEqualTo(5_000);
    }

    @Test
    void replicasThatLeftHelpWhereNewOnesWereNotHeard() {
        clocks.heard(2, head(1_000, 0), 0);
        clocks.heard(3, head(1_000, 0), 0);

        assertThat(clocks.millis(MemberSet.of(1, 4, 5), 1, 600_000, 0)).isEqualTo(1_000);
    }
}
