package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulation")
class ShrinkerTest {

    private static final SimCase WHOLE = SimCase.of(1, FaultKinds.all());

    private static BitSet set(int... numbers) {
        BitSet set = new BitSet();
        for (int number : numbers) {
            set.set(number);
        }
        return set;
    }

    private static BitSet upTo(int last) {
        BitSet set = new BitSet();
        set.set(1, last + 1);
        return set;
    }

    private static BitSet faultsOf(SimCase what) {
        return Objects.requireNonNull(what.only(), "only");
    }

    @Test
    void findsTheTwoFaultsThatFailTogether() {
        Shrinker shrinker =
                new Shrinker(one -> faultsOf(one).get(3) && faultsOf(one).get(17) && one.operations() >= 37);

        SimCase least = shrinker.shrink(WHOLE, upTo(40), 400);

        assertThat(least).isEqualTo(WHOLE.with(set(3, 17)).with(37));
        assertThat(least.properties())
                .isEqualTo("-Dhypercache.sim.seed=1 -Dhypercache.sim.faults=3,17 -Dhypercache.sim.operations=37");
    }

    @Test
    void findsThatNoFaultIsNeeded() {
        Shrinker shrinker = new Shrinker(one -> true);

        assertThat(shrinker.shrink(WHOLE, upTo(9), 8))
                .isEqualTo(WHOLE.with(set()).with(1));
    }

    @Test
    void leavesAloneWhatDoesNotFailAgain() {
        Shrinker shrinker = new Shrinker(one -> false);

        assertThat(shrinker.shrink(WHOLE, upTo(9), 8)).isEqualTo(WHOLE);
        assertThat(shrinker.attempts()).isOne();
    }

    @Test
    void endsAfterSoManyAttempts() {
        Shrinker shrinker = new Shrinker(one -> faultsOf(one).cardinality() >= 300);

        SimCase least = shrinker.shrink(WHOLE, upTo(4_000), 100_000);

        assertThat(shrinker.attempts()).isEqualTo(Shrinker.ATTEMPTS_MAX);
        assertThat(faultsOf(least).cardinality()).isBetween(300, 4_000);
    }

    /** Real runs under a rule that is broken as soon as two certain faults both happen; storms happen in any case. */
    @Test
    void shrinksRunsOfTheSimulator() {
        // Its clients take their time: where they hurry, a run without one fault may end before the next.
        SimCase storms = SimCase.of(4, FaultKinds.of("w"));
        SimRun.Result whole = new SimRun(storms).run();
        int[] happened = whole.faultNumbers().stream().toArray();
        BitSet culprits = set(happened[1], happened[4]);
        Shrinker shrinker = new Shrinker(one -> {
            BitSet both = new SimRun(one).run().faultNumbers();
            both.and(culprits);
            return both.equals(culprits);
        });

        SimCase least = shrinker.shrink(storms, whole.faultNumbers(), (int) whole.operations());

        assertThat(least.only()).isEqualTo(culprits);
        assertThat(new SimRun(least).run().story()).hasSize(2);
    }
}
