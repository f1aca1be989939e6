package dev.hypercache.topology.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Without its cure each of the engine's faults stops the log for good: if one of these fails, the cure may go. */
final class CuresTest {

    private static final long SEED = 11;

    @Test
    void deposedLeaderStaysBehindItsSnapshotWithoutTheGuard() {
        Lab lab = new Lab(SEED, new Cures(false, true, true, true));

        assertThat(TopologyScenarios.leaderIsDeposedBehindItsSnapshot(lab)).isFalse();
        assertThat(lab.ledger.check()).isEmpty();
    }

    @Test
    void voterThatJoinsOneAloneIsNotBroughtUpWithoutTheWalkBack() {
        Lab lab = new Lab(SEED, new Cures(true, false, true, true));

        assertThat(TopologyScenarios.oneGrowsOverASlowNetwork(lab)).isFalse();
        assertThat(lab.ledger.check()).isEmpty();
    }

    @Test
    void nobodyIsElectedAfterBlipsWithoutTheLeverOnSilence() {
        Lab lab = new Lab(SEED, new Cures(true, true, false, true));

        assertThat(TopologyScenarios.leaderDiesAfterBlips(lab)).isFalse();
        assertThat(lab.ledger.check()).isEmpty();
    }

    @Test
    void nobodyIsElectedAcrossAGapOfTermsWithoutTheLeverOnIt() {
        Lab lab = new Lab(SEED, new Cures(true, true, true, false));

        assertThat(TopologyScenarios.bestLogHasTheLowestTerm(lab)).isFalse();
        assertThat(lab.ledger.check()).isEmpty();
    }
}
