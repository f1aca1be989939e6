package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How rarely a caller is told that nobody knows (CONSISTENCY §1: outside crashes less than one in a thousand). */
@Tag("simulation")
class AnswersTest {

    private static final int SEEDS = 60;

    @Test
    void operationsAlmostNeverEndInDoubtWhileNobodyCrashes() {
        assertThat(doubtful("wst")).isLessThan(1.0 / 1_000);
    }

    private static double doubtful(String kinds) {
        double operations = 0;
        double doubtful = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            SimCase what = SimCase.of(seed, FaultKinds.of(kinds));
            SimRun.Result result = new SimRun(what).run();
            operations += result.operations();
            doubtful += result.indeterminate();
        }
        System.out.println("faults \"" + kinds + "\": " + (long) doubtful + " indeterminate of " + (long) operations
                + " operations");
        return doubtful / operations;
    }
}
