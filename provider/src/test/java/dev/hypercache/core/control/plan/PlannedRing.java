package dev.hypercache.core.control.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.control.AdmitMember;
import dev.hypercache.core.control.ChangeSlots;
import dev.hypercache.core.control.CompleteSwitch;
import dev.hypercache.core.control.ControlCommand;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.DrainMember;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.RemoveMember;
import dev.hypercache.core.control.SlotStep;
import dev.hypercache.core.control.TestRings;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A ring whose members do what the planner proposes, and what it holds then. */
final class PlannedRing {

    private static final int ROUNDS_MAX = 10_000;

    private ControlState state;
    private int copied;

    private PlannedRing(ControlState state) {
        this.state = state;
    }

    static PlannedRing of(int slots, int replicationFactor, NodeProfile... founders) {
        return new PlannedRing(TestRings.founded(TestRings.settings(slots, replicationFactor), List.of(founders)));
    }

    /** Nodes {@code n1} to {@code n<count>} of equal weight. */
    static PlannedRing ofEqualNodes(int slots, int replicationFactor, int count) {
        return of(
                slots,
                replicationFactor,
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> TestRings.profile("n" + i))
                        .toArray(NodeProfile[]::new));
    }

    ControlState state() {
        return state;
    }

    TopologyPlan plan() {
        return TopologyPlanner.plan(state);
    }

    void join(NodeProfile node) {
        apply(new AdmitMember(node));
    }

    void drain(String name) {
        apply(new DrainMember(member(name).id()));
    }

    void removeDead(String name) {
        apply(new RemoveMember(member(name).id()));
    }

    Member member(String name) {
        return state.roster().members().stream()
                .filter(member -> member.profile().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void apply(ControlCommand command) {
        state = TestRings.accepted(state, command);
    }

    /** Takes all steps of the plans, a batch of slots after the other, until nothing is left to do. Returns the copies made. */
    int settle(long seed, int batch) {
        copied = 0;
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<SlotStep> due = due();
            if (due.isEmpty()) {
                TopologyPlanner.departures(state).forEach(this::apply);
                return copied;
            }
            List<Integer> slots =
                    new ArrayList<>(due.stream().map(SlotStep::slot).distinct().toList());
            Collections.shuffle(slots, random);
            Set<Integer> chosen = Set.copyOf(slots.subList(0, Math.min(batch, slots.size())));
            due.removeIf(step -> !chosen.contains(step.slot()));
            due.forEach(this::countCopies);
            apply(new ChangeSlots(due));
        }
        throw new AssertionError("the plans never come to an end; replay with seed " + seed);
    }

    int settle() {
        return settle(1, Integer.MAX_VALUE);
    }

    /** How many replicas each member holds, by name. */
    Map<String, Integer> replicas() {
        return count(MemberSet::toArray);
    }

    /** How many slots each member leads, by name. */
    Map<String, Integer> leaders() {
        return count(voters -> new int[] {voters.get(0)});
    }

    /** Checks that the largest and the smallest of some counts differ by so much at most. */
    static void assertSpread(Collection<Integer> counts, int most) {
        int max = counts.stream().mapToInt(i -> i).max().orElseThrow();
        int min = counts.stream().mapToInt(i -> i).min().orElseThrow();
        assertThat(max - min).as("spread of %s", counts).isLessThanOrEqualTo(most);
    }

    private Map<String, Integer> count(Function<MemberSet, int[]> counted) {
        Map<String, Integer> counts = new TreeMap<>();
        state.roster().members().forEach(member -> counts.put(member.profile().name(), 0));
        for (MemberSet voters : TestRings.voters(state)) {
            for (int id : counted.apply(voters)) {
                Member member = state.roster().member(id);
                assertThat(member).as("member %d of %s", id, voters).isNotNull();
                counts.merge(member.profile().name(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private List<SlotStep> due() {
        List<SlotStep> steps = plan().steps();
        for (int slot = 0; slot < state.slots().size(); slot++) {
            SlotConfiguration now = state.slots().configuration(slot);
            if (now.isSwitching()) {
                steps.add(new CompleteSwitch(slot, now.epoch()));
            }
        }
        return steps;
    }

    private void countCopies(SlotStep step) {
        if (step instanceof dev.hypercache.core.control.AddLearners add) {
            copied += add.learners().size();
        }
    }
}
