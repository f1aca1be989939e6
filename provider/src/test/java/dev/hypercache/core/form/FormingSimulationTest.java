package dev.hypercache.core.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Seeds that form a ring in virtual time.
 *
 * <p>{@code -Dhypercache.sim.form.seed=N} replays one run, {@code -Dhypercache.sim.form.seeds=K} runs K from there.
 */
@Tag("simulation")
final class FormingSimulationTest {

    private static final int SEEDS = 1_500;
    private static final int COVERED_FROM = 1_000;

    @Test
    void thereIsNeverASecondRingAndAlwaysOne() {
        Long seed = Long.getLong("hypercache.sim.form.seed");
        long fresh = Boolean.getBoolean("hypercache.sim.form.fresh") ? System.nanoTime() & 0xFFFF_FFFFL : 1;
        long base = seed != null ? seed : fresh;
        int count = Integer.getInteger("hypercache.sim.form.seeds", seed != null ? 1 : SEEDS);
        List<String> violations = new ArrayList<>();
        Map<FormOracle.Sight, Integer> sights = new EnumMap<>(FormOracle.Sight.class);
        int second = 0;
        for (long i = base; i < base + count; i++) {
            FormRun.Result result = new FormRun(i).run();
            String replay = " (replay with -Dhypercache.sim.form.seed=" + i + ")";
            result.violations().forEach(violation -> violations.add(violation + replay));
            if (result.restarts() == 0 && result.rings() != 1) {
                violations.add(result.rings() + " rings without any restart" + replay);
            }
            second += result.rings() > 1 ? 1 : 0;
            result.sights().forEach((sight, times) -> sights.merge(sight, times, Integer::sum));
        }
        System.out.println("forming from seed " + base + ": " + count + " runs, " + second
                + " with a second ring after restarts, seen " + sights);
        assertThat(violations).isEmpty();
        if (count >= COVERED_FROM) {
            // A founding whose founders all died within a moment is rarer than that; FormingTest makes one.
            Set<FormOracle.Sight> expected = EnumSet.complementOf(EnumSet.of(FormOracle.Sight.VOID));
            assertThat(sights.keySet()).as("branches taken").containsAll(expected);
        }
    }
}
