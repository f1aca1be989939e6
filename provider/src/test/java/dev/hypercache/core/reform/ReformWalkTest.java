package dev.hypercache.core.reform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However many lose their lives, and whoever tries at once: one generation begins, with all that a survivor knew. */
@Tag("simulation")
final class ReformWalkTest {

    private static final int SEEDS = Integer.getInteger("hypercache.sim.reforms", 400);

    @Test
    void survivorsAgreeOnOneBeginningThatLacksNothingThatOneOfThemKnew() {
        long base = Long.getLong("hypercache.sim.seed", System.nanoTime() & 0xFFFF_FFFFL);
        Map<String, Integer> coverage = new TreeMap<>();
        List<String> violations = new ArrayList<>();
        for (int i = 0; i < SEEDS; i++) {
            ReformWorld world = new ReformWorld(base + i);
            world.disaster();
            world.run(8_000, false);
            world.run(20_000, true);
            world.checkEnd();
            for (String violation : world.violations()) {
                violations.add("seed " + (base + i) + " " + violation);
            }
            world.coverage().forEach((what, times) -> coverage.merge(what, times, Integer::sum));
        }
        System.out.println("reforms from seed " + base + ": " + coverage);
        assertThat(violations).as("replay with -Dhypercache.sim.seed=%d", base).isEmpty();
        assertThat(coverage.keySet())
                .contains("Refuse", "TOLD_OF_EARLIER_ATTEMPT", "DIED_MEANWHILE", "READ_ON", "Decided", "BEGUN");
    }
}
