package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** QUORUM order needs no clock: one that is minutes off makes tokens look old, and nothing else. */
@Tag("simulation")
class ClockTest {

    private static final long BASE = 300_000;
    private static final int SEEDS = 30;

    @Test
    void clocksThatJumpByMinutesMakeTokensOldAndNothingElse() {
        SeedSeries series = new SeedSeries();
        for (long seed = BASE; seed < BASE + SEEDS; seed++) {
            SimRun.Result result = series.run(SimCase.of(seed, FaultKinds.of("t")));

            assertThat(result.violations()).isEmpty();
            assertThat(result.troubles().keySet()).allMatch(trouble -> trouble.contains("check the clocks"));
        }
        assertThat(series.coverage().of("TOKEN_EXPIRED")).isPositive();
    }

    @Test
    void clocksThatJumpByMinutesInPartitionsBreakNothing() {
        SeedSeries series = new SeedSeries();
        for (long seed = BASE; seed < BASE + SEEDS; seed++) {
            series.run(SimCase.of(seed, FaultKinds.of("ptc")));
        }

        assertThat(series.bad()).isEmpty();
        assertThat(series.coverage().of("TOKEN_EXPIRED")).isPositive();
    }
}
