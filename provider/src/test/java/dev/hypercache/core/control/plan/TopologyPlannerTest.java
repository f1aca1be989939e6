package dev.hypercache.core.control.plan;

import static dev.hypercache.core.control.TestRings.profile;
import static dev.hypercache.core.control.TestRings.voters;
import static dev.hypercache.core.control.plan.PlannedRing.assertSpread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.control.AddLearners;
import dev.hypercache.core.control.BeginSwitch;
import dev.hypercache.core.control.ChangeSlots;
import dev.hypercache.core.control.LossPolicy;
import dev.hypercache.core.control.SetReplicationFactor;
import dev.hypercache.core.control.SlotStep;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.OwnershipDiff;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of CONSISTENCY §4, and what a plan leaves alone. */
final class TopologyPlannerTest {

    @ParameterizedTest
    @CsvSource({"1024, 10", "1024, 3", "1024, 7", "1024, 50", "4096, 64", "16, 5"})
    void foundersHoldAndLeadEqualShares(int slots, int nodes) {
        PlannedRing ring = PlannedRing.ofEqualNodes(slots, 3, nodes);

        assertSpread(ring.replicas().values(), 1);
        assertSpread(ring.leaders().values(), 1);
        assertThat(ring.replicas().values().stream().mapToInt(i -> i).sum()).isEqualTo(3 * slots);
        assertThat(ring.plan().isSettled()).isTrue();
    }

    @Test
    void fullestOfTenNodesIsLessThanOnePercentAboveTheMean() {
        PlannedRing ring = PlannedRing.ofEqualNodes(1024, 3, 10);

        double mean = 3 * 1024 / 10.0;
        assertThat(ring.replicas().values())
                .allSatisfy(held -> assertThat(held / mean).isLessThan(1.006));
    }

    @Test
    void slotsOfOneNodeAreSharedWithAllOthers() {
        PlannedRing ring = PlannedRing.ofEqualNodes(1024, 3, 10);
        int[] shared = new int[11];
        for (MemberSet voters : voters(ring.state())) {
            for (int id : voters.contains(1) ? voters.toArray() : new int[0]) {
                shared[id]++;
            }
        }
        for (int id = 2; id <= 10; id++) {
            assertThat(shared[id])
                    .as("slots that node 1 and node %d both hold", id)
                    .isBetween(40, 100);
        }
    }

    @Test
    void tenthNodeTakesItsShareAndNothingElseMoves() {
        PlannedRing ring = PlannedRing.ofEqualNodes(1024, 3, 9);
        ring.join(profile("n10"));
        List<MemberSet> before = voters(ring.state());

        OwnershipDiff diff = OwnershipDiff.between(before, ring.plan().target());

        assertThat(diff.arrivals()).hasSize(307).allMatch(arrival -> arrival.member() == 10);
        assertThat(diff.departures()).isEqualTo(307);
        assertThat(diff.newLeaders()).isLessThan(150);
        assertThat(ring.settle()).isEqualTo(307);
        assertSpread(ring.replicas().values(), 1);
        assertSpread(ring.leaders().values(), 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void planComputedAgainHalfWayThroughGoesOnWithWhatWasBegun(long seed) {
        PlannedRing ring = PlannedRing.ofEqualNodes(1024, 3, 9);
        ring.join(profile("n10"));

        int copied = ring.settle(seed, 40);

        assertThat(copied).as("copies of 307.2 ideal ones").isBetween(307, 322);
        assertSpread(ring.replicas().values(), 1);
        assertSpread(ring.leaders().values(), 1);
    }

    @Test
    void whoLearnsASlotAlreadyIsPreferredForIt() {
        PlannedRing ring = PlannedRing.ofEqualNodes(1024, 3, 9);
        ring.join(profile("n10"));
        BitSet proposed = new BitSet();
        ring.plan().additions().forEach(step -> proposed.set(step.slot()));
        List<SlotStep> others = new ArrayList<>();
        for (int slot = 0; others.size() < 200; slot++) {
            if (!proposed.get(slot)) {
                others.add(new AddLearners(slot, 1, MemberSet.of(10)));
            }
        }
        ring.apply(new ChangeSlots(others));

        assertThat(ring.plan().drops()).isEmpty();
        assertThat(ring.plan().additions()).hasSize(107);
        assertThat(ring.plan().switches()).hasSize(200);
    }

    @Test
    void slotsThatLoseTheirLeaderAreTheOnesThatGetAnother() {
        PlannedRing ring = PlannedRing.ofEqualNodes(1024, 3, 10);
        int led = ring.leaders().get("n2");
        List<MemberSet> before = voters(ring.state());
        ring.removeDead("n2");

        OwnershipDiff diff = OwnershipDiff.between(before, ring.plan().target());

        assertThat(diff.newLeaders()).isBetween(led, led + 5);
    }

    @Test
    void ringThatGrowsAndShrinksKeepsEverybodyNearItsShare() {
        PlannedRing ring = PlannedRing.ofEqualNodes(1024, 3, 3);
        assertThat(ring.replicas().values()).containsOnly(1024);
        ring.join(profile("n4"));
        assertThat(ring.settle()).isEqualTo(768);
        assertSpread(ring.replicas().values(), 1);
        ring.join(profile("n5"));
        assertThat(ring.settle()).isBetween(614, 645);
        assertSpread(ring.replicas().values(), 1);
        ring.removeDead("n2");
        assertThat(ring.settle()).isBetween(614, 645);
        assertSpread(ring.replicas().values(), 1);
        assertSpread(ring.leaders().values(), 1);
    }

    @Test
    void drainingMemberHandsOverAllAndIsThenRemoved() {
        PlannedRing ring = PlannedRing.ofEqualNodes(256, 3, 5);
        ring.drain("n3");
        int held = ring.replicas().get("n3");
        assertThat(TopologyPlanner.departures(ring.state())).isEmpty();

        assertThat(ring.settle(5, 60)).isBetween(held, held * 105 / 100);

        assertThat(ring.state().roster().member("n3")).isNull();
        assertSpread(ring.replicas().values(), 1);
    }

    @Test
    void departureIsProposedOnceNoSlotMentionsTheMember() {
        PlannedRing ring = PlannedRing.ofEqualNodes(16, 1, 2);
        ring.drain("n2");
        ring.apply(new ChangeSlots(List.copyOf(ring.plan().additions())));
        ring.apply(new ChangeSlots(List.copyOf(ring.plan().switches())));
        assertThat(TopologyPlanner.departures(ring.state())).isEmpty();
        ring.settle();
        assertThat(ring.state().roster().member("n2")).isNull();
    }

    @Test
    void ringWhoseMembersAllLeaveKeepsItsSlots() {
        PlannedRing ring = PlannedRing.ofEqualNodes(16, 3, 2);
        ring.drain("n1");
        ring.drain("n2");

        assertThat(ring.plan().isSettled()).isTrue();
    }

    @Test
    void replicasInForceAreAsManyAsThereAreMembers() {
        PlannedRing ring = PlannedRing.ofEqualNodes(64, 3, 1);
        assertThat(ring.replicas()).isEqualTo(Map.of("n1", 64));
        ring.join(profile("n2"));
        assertThat(ring.settle()).isEqualTo(64);
        ring.join(profile("n3"));
        assertThat(ring.settle()).isEqualTo(64);
        assertThat(ring.replicas()).isEqualTo(Map.of("n1", 64, "n2", 64, "n3", 64));
        ring.removeDead("n1");
        assertThat(ring.settle()).as("nobody has to be filled").isZero();
        assertThat(ring.replicas()).isEqualTo(Map.of("n2", 64, "n3", 64));
        assertSpread(ring.leaders().values(), 1);
    }

    @Test
    void nodeThatComesBackUnderItsNameIsFilledWithWhatItHeld() {
        PlannedRing ring = PlannedRing.ofEqualNodes(256, 3, 5);
        int held = ring.replicas().get("n3");
        List<MemberSet> before = voters(ring.state());
        ring.join(profile("n3", 2));

        TopologyPlan plan = ring.plan();

        assertThat(plan.additions()).isEmpty();
        assertThat(plan.drops()).isEmpty();
        assertThat(plan.switches()).hasSize(held);
        assertThat(OwnershipDiff.between(before, plan.target()).arrivals())
                .allMatch(arrival -> arrival.member() == 6)
                .hasSize(held);
        assertThat(ring.settle()).isZero();
        assertThat(ring.replicas()).containsEntry("n3", held);
    }

    @Test
    void switchingSlotsAreLeftAlone() {
        PlannedRing ring = PlannedRing.ofEqualNodes(16, 3, 4);
        SlotConfiguration first = ring.state().slots().configuration(0);
        ring.apply(new ChangeSlots(List.of(
                new BeginSwitch(0, 1, first.voters().without(first.voters().get(0))))));
        ring.join(profile("n5"));

        TopologyPlan plan = ring.plan();

        assertThat(plan.target().get(0))
                .isEqualTo(ring.state().slots().configuration(0).incoming());
        assertThat(plan.additions()).noneMatch(step -> step.slot() == 0).isNotEmpty();
    }

    @Test
    void lostSlotsAreReportedAndLeftAlone() {
        PlannedRing ring = PlannedRing.ofEqualNodes(64, 3, 6);
        BitSet lost = new BitSet();
        for (int slot = 0; slot < 64; slot++) {
            MemberSet voters = ring.state().slots().configuration(slot).voters();
            lost.set(slot, voters.contains(1) && voters.contains(2));
        }
        ring.removeDead("n1");
        ring.removeDead("n2");

        TopologyPlan plan = ring.plan();

        assertThat(plan.lost()).isEqualTo(lost);
        assertThat(lost.isEmpty()).isFalse();
        assertThat(plan.additions()).noneMatch(step -> lost.get(step.slot())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5})
    void replicasFollowTheReplicationFactor(int replicationFactor) {
        PlannedRing ring = PlannedRing.ofEqualNodes(256, 3, 5);
        ring.apply(new SetReplicationFactor(replicationFactor));

        int copied = ring.settle();

        assertThat(copied).isEqualTo(256 * Math.max(0, replicationFactor - 3));
        assertThat(ring.replicas().values().stream().mapToInt(i -> i).sum()).isEqualTo(256 * replicationFactor);
        assertSpread(ring.replicas().values(), 1);
        assertSpread(ring.leaders().values(), 1);
    }

    @Test
    void slotsThatLostTheirMajorityAreRefilledOnceTheirLossIsResolved() {
        PlannedRing ring = PlannedRing.ofEqualNodes(64, 3, 6);
        ring.removeDead("n1");
        ring.removeDead("n2");
        ring.apply(Objects.requireNonNull(ring.plan().resolution(LossPolicy.RESET)));

        assertThat(ring.plan().losses()).isEmpty();
        ring.settle(3, 20);

        assertThat(ring.replicas().values().stream().mapToInt(i -> i).sum()).isEqualTo(3 * 64);
        assertSpread(ring.replicas().values(), 1);
    }

    @Test
    void membersThatKnowTheSameProposeTheSame() {
        PlannedRing ring = PlannedRing.ofEqualNodes(256, 3, 7);
        ring.removeDead("n4");
        Set<TopologyPlan> plans = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            plans.add(TopologyPlanner.plan(ring.state()));
        }
        assertThat(plans).hasSize(1);
    }
}
