package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random operations, holds, clears and jumps of the clock on one leader, each compared with a strict model.
 *
 * <p>{@code -Dhypercache.sim.seeds=K} chooses how many seeds are run, {@code -Dhypercache.sim.seed=N} replays one.
 */
@Tag("simulation")
final class SlotLeaderSimulationTest {

    private static final int STEPS = 3_000;
    private static final long FIRST_SEED = 7_401_205;

    @Test
    void leaderDoesWhatTheStrictModelDoes() {
        Long replayed = Long.getLong("hypercache.sim.seed");
        if (replayed != null) {
            run(replayed);
            return;
        }
        Set<SlotWalk.Feature> met = EnumSet.noneOf(SlotWalk.Feature.class);
        int seeds = Integer.getInteger("hypercache.sim.seeds", 20);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
            met.addAll(run(seed));
        }
        assertThat(met).as("features that the walks met").containsExactlyInAnyOrder(SlotWalk.Feature.values());
    }

    private static Set<SlotWalk.Feature> run(long seed) {
        SlotWalk walk = new SlotWalk(new SplittableRandom(seed));
        int step = 0;
        try {
            for (; step < STEPS; step++) {
                walk.step();
            }
            return walk.met();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "step " + step + " (" + walk.lastStep() + "): " + e.getMessage()
                            + "\nreplay with -Dhypercache.sim.seed=" + seed,
                    e);
        }
    }
}
