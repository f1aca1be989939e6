package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs seeds.
 *
 * <p>{@code -Dhypercache.sim.seed=N} replays one, with {@code -Dhypercache.sim.faults=3,7} only these of its faults and
 * with {@code -Dhypercache.sim.operations=K} at most K operations; a failure is told in its least form. With
 * {@code -Dhypercache.sim.seeds=K} it runs K seeds from there, or from a fresh base, which is printed;
 * {@code -Dhypercache.sim.minutes=M} runs for so long. Without any of them it runs {@value #SEEDS} seeds from a fresh base.
 */
@Tag("simulation")
class SimulationTest {

    private static final long SEEDS = Long.getLong("hypercache.sim.fresh", 500);
    private static final int TOLD_MAX = 3;
    private static final int COVERED_FROM = 300;

    @Test
    void noSeedFindsAViolation() {
        Long seed = Long.getLong("hypercache.sim.seed");
        Integer seeds = Integer.getInteger("hypercache.sim.seeds");
        Integer minutes = Integer.getInteger("hypercache.sim.minutes");
        long base = seed != null ? seed : System.nanoTime() & 0xFFFF_FFFFL;
        long unsaid = minutes != null ? Long.MAX_VALUE : seed != null ? 1 : SEEDS;
        long count = seeds != null ? seeds : unsaid;
        long millis = minutes != null ? minutes * 60_000L : Long.MAX_VALUE;
        SeedSeries series = new SeedSeries();
        List<String> violations = new ArrayList<>();
        long begin = System.nanoTime();
        for (long i = 0; i < count && (System.nanoTime() - begin) / 1_000_000 < millis; i++) {
            violations.addAll(complaints(series, SimCase.ofProperties(base + i)));
        }
        System.out.println("simulation from seed " + base + ": " + series.line());
        assertThat(violations).isEmpty();
        if (series.seeds() >= COVERED_FROM) {
            assertThat(series.coverage().missing(Coverage.expected()))
                    .as("branches never taken")
                    .isEmpty();
        }
    }

    @Test
    void seedsThatOnceFoundABugFindNone() throws IOException {
        SeedSeries series = new SeedSeries();
        List<String> violations = new ArrayList<>();
        for (SimCase kept : kept()) {
            violations.addAll(complaints(series, kept));
        }
        assertThat(series.seeds()).isPositive();
        assertThat(violations).isEmpty();
    }

    private static List<String> complaints(SeedSeries series, SimCase what) {
        SimRun.Result result = series.run(what);
        if (result.violations().isEmpty()) {
            return List.of();
        }
        boolean isTold = series.bad().size() <= TOLD_MAX;
        return List.of(isTold ? FailureReport.of(what, result) : "replay with " + what.properties());
    }

    /** A seed in each line, and the word engine behind those that found it with the engine of production. */
    private static List<SimCase> kept() throws IOException {
        List<SimCase> seeds = new ArrayList<>();
        InputStream stream = Objects.requireNonNull(
                SimulationTest.class.getResourceAsStream("/simulation-seeds.txt"), "simulation-seeds.txt");
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] words = line.split("#", 2)[0].strip().split(" ");
                if (!words[0].isEmpty()) {
                    SimCase kept = SimCase.of(Long.parseLong(words[0]), FaultKinds.all());
                    seeds.add(kept.withEngine(words.length > 1 && words[1].equals("engine")));
                }
            }
        }
        return seeds;
    }

    @Test
    void ringWithoutFaultsAnswersEverything() {
        for (long seed = 1; seed <= 5; seed++) {
            SimRun.Result result = new SimRun(SimCase.of(seed, FaultKinds.none())).run();

            assertThat(result.violations()).isEmpty();
            assertThat(result.failed() + result.indeterminate()).isZero();
        }
    }
}
