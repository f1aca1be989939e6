package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is demanded of a ring one replica of which was tampered with. */
final class DamageTest {

    private static final Damage EXTRA = new Damage(null, "planted", true, 7);

    @Test
    void leaderInPlaceRestoresWhatAMajorityHolds() {
        assertThat(EXTRA.permits(null, 7)).isTrue();
        assertThat(EXTRA.permits("planted", 7)).isFalse();
    }

    @Test
    void newLeaderMayDecideForOneReplica() {
        assertThat(EXTRA.permits(null, 8)).isTrue();
        assertThat(EXTRA.permits("planted", 8)).isTrue();
        assertThat(EXTRA.permits("another", 8)).isFalse();
        assertThat(new Damage("value", null, true, 0).permits(null, 8)).isTrue();
    }

    @Test
    void newLeaderTakesNothingOldForTheNewest() {
        assertThat(new Damage("value", "older", false, 7).permits("older", 8)).isFalse();
    }
}
