package dev.hypercache.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Get;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The checker against brute force on small histories, and on long ones with a known answer.
 *
 * <p>{@code -Dhypercache.sim.seeds=K} chooses how many seeds are run, {@code -Dhypercache.sim.seed=N} replays one.
 */
@Tag("simulation")
final class RandomHistoryTest {

    private static final long FIRST_SEED = 2_206_117;

    /** Few enough for a second; a search that forgets a rule about open operations needs far more. */
    private static final int CONFIGURATIONS_MAX = 50_000;

    @Test
    void checkerSaysWhatBruteForceSays() {
        Long replayed = Long.getLong("hypercache.sim.seed");
        if (replayed != null) {
            compare(replayed);
            return;
        }
        int seeds = Integer.getInteger("hypercache.sim.seeds", 20_000);
        int linearizable = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
            linearizable += compare(seed) ? 1 : 0;
        }
        assertThat(linearizable).as("histories that are fine").isBetween(seeds / 2, seeds * 9 / 10);
    }

    /** Every other history is left as it was and must be fine. */
    private static boolean compare(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int values = random.nextInt(4);
        int lostPercent = random.nextInt(40);
        List<Invocation> history =
                RegisterRun.history(random, new RegisterRun.Shape(4, 3 + random.nextInt(5), values, lostPercent));
        for (int changes = seed % 2 == 0 ? 0 : 2 + random.nextInt(4); changes > 0; changes--) {
            history = Tampering.of(history, random);
        }
        history = seed % 4 < 2 ? history : toldLittle(history);
        boolean linearizable = BruteForceChecker.isLinearizable(history);
        List<Finding> findings = new LinearizabilityChecker().check(history);
        if (findings.isEmpty() != linearizable || seed % 2 == 0 && !linearizable) {
            throw new AssertionError("brute force says " + linearizable + ", the checker says " + findings + " to "
                    + history + "\nreplay with -Dhypercache.sim.seed=" + seed);
        }
        return linearizable;
    }

    /** The same history, of callers that learn of what they wrote only whether it changed the entry. */
    private static List<Invocation> toldLittle(List<Invocation> history) {
        return history.stream().map(RandomHistoryTest::toldLittle).toList();
    }

    private static Invocation toldLittle(Invocation one) {
        Answer.Seen seen = one.seen();
        boolean isRead = one.action() instanceof Action.OnKey onKey && onKey.op() instanceof Get;
        if (seen == null || isRead) {
            return one;
        }
        Answer told = seen.change() == Change.NONE ? Answer.Told.UNCHANGED : Answer.Told.CHANGED;
        return new Invocation(one.id(), one.client(), one.action(), one.invokedAt(), one.returnedAt(), told);
    }

    @Test
    void longHistoriesAreAcceptedInFewSteps() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 30; seed++) {
            List<Invocation> history = longHistory(seed, (int) seed % 3, 5);
            assertThat(new LinearizabilityChecker(CONFIGURATIONS_MAX).check(history))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void longHistoriesOfWhichAFifthIsLostAreAcceptedInFewSteps() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 10; seed++) {
            List<Invocation> history = longHistory(seed, 0, 20);
            assertThat(new LinearizabilityChecker(CONFIGURATIONS_MAX).check(history))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void oneWrongAnswerInALongHistoryIsFoundInFewSteps() {
        int violations = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Invocation> history = Tampering.of(longHistory(seed, 0, 5), random);
            for (Finding finding : new LinearizabilityChecker(CONFIGURATIONS_MAX).check(history)) {
                assertThat(finding.kind()).as("seed %d", seed).isEqualTo(Finding.Kind.VIOLATION);
                assertThat(finding.window()).as("seed %d", seed).hasSizeLessThanOrEqualTo(40);
                violations++;
            }
        }
        assertThat(violations).isBetween(10, 30);
    }

    /** Ten clients and 300 operations on one key. */
    private static List<Invocation> longHistory(long seed, int values, int lostPercent) {
        return RegisterRun.history(new SplittableRandom(seed), new RegisterRun.Shape(10, 300, values, lostPercent));
    }
}
