package dev.hypercache.transport.fault;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Plans say what they were told, and the same seed decides the same. */
final class FaultPlanTest {

    private static final LinkFaults WILD = LinkFaults.NONE
            .dropping(0.2)
            .duplicating(0.2)
            .delaying(new Delay(ofMillis(1), ofMillis(5), ofMillis(50)))
            .reordering(0.2, Delay.of(ofMillis(7)));

    @Test
    void ownFaultsOfADirectionComeBeforeThoseOfAll() {
        LinkFaults lossy = LinkFaults.NONE.dropping(0.5);
        FaultPlan plan =
                FaultPlan.seeded(1).everywhere(WILD).link("a", "b", lossy).build();

        assertThat(plan.between("a", "b")).isEqualTo(lossy);
        assertThat(plan.between("b", "a")).isEqualTo(WILD);
        assertThat(plan.seed()).isEqualTo(1);
    }

    @Test
    void cutIsOneWayAndPartitionIsBothWays() {
        FaultPlan plan = FaultPlan.seeded(1)
                .cut("a", "b")
                .partition(Set.of("c"), Set.of("d", "e"))
                .isolate("f")
                .build();

        assertThat(plan.isCut("a", "b")).isTrue();
        assertThat(plan.isCut("b", "a")).isFalse();
        assertThat(plan.isCut("c", "e")).isTrue();
        assertThat(plan.isCut("e", "c")).isTrue();
        assertThat(plan.isCut("d", "e")).isFalse();
        assertThat(plan.isCut("a", "f")).isTrue();
        assertThat(plan.isCut("f", "f")).isFalse();
        FaultPlan mended = plan.toBuilder().mend("c", "e").build();
        assertThat(mended.isCut("c", "e")).isFalse();
        assertThat(mended.isCut("e", "c")).isTrue();
        FaultPlan healed = plan.toBuilder().heal().build();
        assertThat(List.of(healed.isCut("a", "b"), healed.isCut("c", "d"), healed.isCut("f", "a")))
                .containsOnly(false);
    }

    @Test
    void sameSeedDecidesTheSame() {
        List<FaultDice.Roll> rolls =
                rolls(Faults.of(FaultPlan.seeded(42).everywhere(WILD).build()));

        assertThat(rolls(Faults.of(FaultPlan.seeded(42).everywhere(WILD).build())))
                .isEqualTo(rolls);
        assertThat(rolls(Faults.of(FaultPlan.seeded(43).everywhere(WILD).build())))
                .isNotEqualTo(rolls);
    }

    @Test
    void directionsAndRepliesDecideApart() {
        Faults faults = Faults.of(FaultPlan.seeded(42).everywhere(WILD).build());
        List<FaultDice.Roll> undisturbed = rolls(faults);

        Faults disturbed = Faults.of(FaultPlan.seeded(42).everywhere(WILD).build());
        for (int i = 0; i < 10; i++) {
            disturbed.dice(new Direction("a", "b"), true).roll();
            disturbed.dice(new Direction("b", "a"), false).roll();
        }

        assertThat(rolls(disturbed)).isEqualTo(undisturbed);
        assertThat(rolls(faults, new Direction("b", "a"))).isNotEqualTo(undisturbed);
    }

    @Test
    void rulesThatWereInForceBeforeChangeNoLaterDecision() {
        List<FaultDice.Roll> wild =
                rolls(Faults.of(FaultPlan.seeded(42).everywhere(WILD).build()));
        Faults faults = Faults.of(FaultPlan.seeded(42).build());
        Direction direction = new Direction("a", "b");
        for (int i = 0; i < 100; i++) {
            faults.dice(direction, false).roll();
        }

        faults.everywhere(WILD);

        assertThat(rolls(faults).subList(0, 900)).isEqualTo(wild.subList(100, 1_000));
    }

    @Test
    void sharesAreMetAndCounted() {
        Faults faults = Faults.of(FaultPlan.seeded(42).everywhere(WILD).build());
        List<FaultDice.Roll> rolls = rolls(faults);

        FaultCounts counts = faults.counts("a", "b");
        assertThat(counts.messages()).isEqualTo(1_000);
        assertThat(counts.dropped())
                .isEqualTo(rolls.stream().filter(FaultDice.Roll::lost).count())
                .isBetween(150L, 250L);
        assertThat(counts.duplicated()).isBetween(110L, 210L);
        assertThat(counts.reordered()).isBetween(110L, 210L);
        assertThat(counts.delayed()).isEqualTo(1_000 - counts.dropped());
        assertThat(faults.counts()).isEqualTo(counts);
        assertThat(faults.counts("b", "a")).isEqualTo(FaultCounts.NONE);
    }

    @Test
    void delaysKeepTheirBoundsAndTheirMean() {
        Delay delay = new Delay(ofMillis(1), ofMillis(5), ofMillis(100));
        long[] nanos = IntStream.range(0, 10_000)
                .mapToLong(step -> delay.nanos(step / 10_000.0))
                .toArray();

        assertThat(nanos[0]).isEqualTo(ofMillis(1).toNanos());
        assertThat(nanos).isSorted();
        assertThat(delay.nanos(Math.nextDown(1.0))).isEqualTo(ofMillis(100).toNanos());
        assertThat(IntStream.range(0, nanos.length)
                        .mapToLong(i -> nanos[i])
                        .average()
                        .orElseThrow())
                .isBetween(4.9e6, 5.1e6);
        assertThat(Delay.of(ofMillis(3)).nanos(0.7)).isEqualTo(ofMillis(3).toNanos());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkFaults.NONE.dropping(1.1))
                .withMessageContaining("drop is 1.1");
        assertThatIllegalArgumentException().isThrownBy(() -> LinkFaults.NONE.duplicating(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> LinkFaults.NONE.reordering(-0.1, Delay.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new Delay(ofMillis(2), ofMillis(1), ofMillis(3)));
        assertThatIllegalArgumentException().isThrownBy(() -> Delay.of(Duration.ofHours(2)));
    }

    private static List<FaultDice.Roll> rolls(Faults faults) {
        return rolls(faults, new Direction("a", "b"));
    }

    private static List<FaultDice.Roll> rolls(Faults faults, Direction direction) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> faults.dice(direction, false).roll())
                .toList();
    }
}
