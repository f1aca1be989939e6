package dev.hypercache.topology.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The engine and its cures under {@link Chaos}.
 *
 * <p>{@code -Dhypercache.topology.seeds=K} runs K seeds instead of {@value #SEEDS}, {@code -Dhypercache.topology.seed=N} begins
 * at N instead of 1; seeds are fixed, so that a cure that is missed is missed in each build.
 */
@Tag("simulation")
final class ChaosTest {

    private static final int SEEDS = 40;

    @Test
    void logStaysOneAndAliveUnderFaults() {
        long first = Long.getLong("hypercache.topology.seed", 1);
        int seeds = Integer.getInteger("hypercache.topology.seeds", SEEDS);
        List<String> found = new ArrayList<>();
        long acknowledged = 0;
        long rebuilds = 0;
        long levers = 0;
        long slowest = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            Chaos.Result result = new Chaos(seed, Cures.ALL).run();
            for (String violation : result.violations()) {
                found.add("replay with -Dhypercache.topology.seed=" + seed + " -Dhypercache.topology.seeds=1: "
                        + violation);
            }
            acknowledged += result.acknowledged();
            rebuilds += result.rebuilds();
            levers += result.levers();
            slowest = Math.max(slowest, result.healMillis());
        }
        System.out.println("topology chaos: " + seeds + " seeds from " + first + ", " + acknowledged
                + " changes acknowledged, " + rebuilds + " rebuilds, " + levers
                + " levers, slowest first append after a heal "
                + slowest + " ms, " + found.size() + " violations");
        assertThat(found).isEmpty();
    }

    @Test
    void sameSeedIsTheSameHistory() {
        assertThat(new Chaos(3, Cures.ALL).run()).isEqualTo(new Chaos(3, Cures.ALL).run());
    }
}
