package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Seeds are worth counting only if each is a run of some size. */
@Tag("simulation")
class SizingTest {

    private static final int SEEDS = 20;
    private static final int OPERATIONS_MIN = 300;
    private static final int KEYS_MAX = 5;

    @Test
    void seedsAreLargeEnoughToMeanSomething() {
        SeedSeries series = new SeedSeries();
        for (int seed = 1; seed <= SEEDS; seed++) {
            SimRun.Result result = series.run(SimCase.of(seed, FaultKinds.all()));

            assertThat(result.operations()).isGreaterThanOrEqualTo(OPERATIONS_MIN);
            assertThat(result.size().keys()).isBetween(1, KEYS_MAX);
            assertThat(result.faults()).isGreaterThanOrEqualTo(SimCase.FAULTS_MIN);
        }
        assertThat(series.large()).isGreaterThanOrEqualTo(SEEDS / 2);
        assertThat(series.hashes()).isEqualTo(SEEDS);
        assertThat(series.line())
                .contains(SEEDS + " hashes")
                .contains("coverage")
                .contains("violations");
    }
}
