package dev.hypercache.topology.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whether {@link Chaos} alone finds that a cure is missing, without a scenario made for it. Takes some seeds, so it is run by
 * name only; {@link CuresTest} asks the same of every build.
 */
final class ChaosWithoutCures {

    private static final int SEEDS = 100;

    @Test
    void guardIsMissed() {
        assertThat(failing(new Cures(false, true, true, true))).isNotEmpty();
    }

    @Test
    void leverOnSilenceIsMissed() {
        assertThat(failing(new Cures(true, true, false, true))).isNotEmpty();
    }

    /** The seeds up to the first that fails; agreement itself must not depend on a cure. */
    private static List<Long> failing(Cures cures) {
        List<Long> failing = new ArrayList<>();
        LongStream.rangeClosed(1, SEEDS).takeWhile(seed -> failing.isEmpty()).forEach(seed -> {
            Chaos.Result result = new Chaos(seed, cures).run();
            assertThat(result.violations()).noneMatch(violation -> violation.startsWith("fork"));
            if (!result.violations().isEmpty()) {
                failing.add(seed);
            }
        });
        return failing;
    }
}
