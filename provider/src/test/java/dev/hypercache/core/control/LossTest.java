package dev.hypercache.core.control;

import static dev.hypercache.core.control.TestRings.accepted;
import static dev.hypercache.core.control.TestRings.id;
import static dev.hypercache.core.control.TestRings.oneSlot;
import static dev.hypercache.core.control.TestRings.profile;
import static dev.hypercache.core.control.TestRings.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.control.plan.TopologyPlan;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of slots that lost the majority of their voters for good. */
final class LossTest {

    private static final String[] NAMES = {"a", "b", "c", "d", "e", "f", "g"};

    /** So many voters, the last of whom are removed. */
    private static ControlState without(int voters, int gone) {
        ControlState state =
                oneSlot(voters, voters, List.of(NAMES).subList(0, voters).toArray(String[]::new));
        for (int i = voters - gone; i < voters; i++) {
            state = accepted(state, new RemoveMember(id(NAMES[i], i + 1)));
        }
        return state;
    }

    private static SlotConfiguration slot(ControlState state) {
        return state.slots().configuration(0);
    }

    private static ControlState resolved(ControlState state, LossPolicy policy) {
        ResolveLoss resolution = TopologyPlanner.plan(state).resolution(policy);
        assertThat(resolution).isNotNull();
        return accepted(state, resolution);
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "4, 2", "6, 3"})
    void halfOfTheVotersHoldEverythingAndAllOfThemAreNeeded(int voters, int gone) {
        ControlState state = without(voters, gone);
        assertThat(TopologyPlanner.plan(state).losses())
                .extracting(TopologyPlan.Loss::held)
                .containsExactly(true);

        SlotConfiguration next = slot(resolved(state, LossPolicy.BLOCK));

        assertThat(next.epoch()).isEqualTo(2);
        assertThat(next.rescued()).isTrue();
        assertThat(next.incoming()).as("none holds everything yet").isEqualTo(next.voters());
        assertThat(next.begunIn()).as("nothing is dropped").isEqualTo(1);
        assertThat(next.voters().majority()).as("all survivors").isEqualTo(voters - gone);
        assertThat(next.voters().countIn(state.roster().shortIds())).isEqualTo(voters - gone);
    }

    @Test
    void survivorsHoldEverythingTogetherUntilEachOfThemDoes() {
        ControlState rescued = resolved(without(4, 2), LossPolicy.BLOCK);
        ControlState halved = accepted(rescued, new RemoveMember(id("b", 2)));
        assertThat(TopologyPlanner.plan(halved).losses())
                .extracting(TopologyPlan.Loss::held)
                .containsExactly(false);

        ControlState settled = accepted(rescued, new CompleteSwitch(0, 2));
        assertThat(slot(settled).rescued()).isFalse();
        ControlState again = accepted(settled, new RemoveMember(id("b", 2)));
        assertThat(TopologyPlanner.plan(again).losses())
                .extracting(TopologyPlan.Loss::held)
                .containsExactly(true);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 1", "5, 2", "7, 3", "4, 1"})
    void slotWithAMajorityHasLostNothing(int voters, int gone) {
        ControlState state = without(voters, gone);

        assertThat(TopologyPlanner.plan(state).losses()).isEmpty();
        refused(state, Reason.NOT_LOST, new ResolveLoss(LossPolicy.RESET, List.of(lost(1))));
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "4, 3", "5, 3", "6, 4", "7, 4"})
    void majorityTakesWhatItAloneHeldWithIt(int voters, int gone) {
        ControlState state = without(voters, gone);
        assertThat(TopologyPlanner.plan(state).resolution(LossPolicy.BLOCK)).isNull();
        refused(state, Reason.BLOCKED, new ResolveLoss(LossPolicy.BLOCK, List.of(lost(1))));

        SlotConfiguration next = slot(resolved(state, LossPolicy.RESET));

        assertThat(next.begunIn()).as("it begins anew").isEqualTo(2);
        assertThat(next.voters().majority()).as("all survivors").isEqualTo(voters - gone);
        assertThat(next.isFirstOf(1)).isTrue();
    }

    @Test
    void lossIsResolvedOnceAndInItsEpoch() {
        ControlState state = without(3, 2);
        refused(state, Reason.OTHER_EPOCH, new ResolveLoss(LossPolicy.RESET, List.of(lost(2))));

        Applied twice = state.apply(new ResolveLoss(LossPolicy.RESET, List.of(lost(1), lost(1))));

        assertThat(twice.refusals()).extracting(Refusal::reason).containsExactly(Reason.OTHER_EPOCH);
        assertThat(slot(twice.state()).epoch()).isEqualTo(2);
        refused(
                state,
                Reason.NO_SUCH_SLOT,
                new ResolveLoss(LossPolicy.RESET, List.of(new LostSlot(1, 1, MemberSet.EMPTY))));
    }

    @Test
    void returnedLivesAreNoSurvivorsButGoOnLearning() {
        ControlState state = oneSlot(3, 3, "a", "b", "c");
        state = accepted(state, new AdmitMember(profile("b", 2)), new AdmitMember(profile("c", 2)));

        state = resolved(state, LossPolicy.RESET);

        assertThat(slot(state))
                .isEqualTo(new SlotConfiguration(2, MemberSet.of(1), MemberSet.EMPTY, MemberSet.of(4, 5), 2, false));
        assertThat(TopologyPlanner.plan(state).switches())
                .containsExactly(new BeginSwitch(0, 2, MemberSet.of(1, 4, 5)));
    }

    @Test
    void slotWithoutAnySurvivorGoesToMembersAndFirstToThoseWhoLearnedIt() {
        ControlState state = oneSlot(1, 1, "a", "b", "c");
        state = accepted(state, new AdmitMember(profile("a", 2)));
        assertThat(slot(state).learners()).isEqualTo(MemberSet.of(4));
        refused(state, Reason.NOT_A_MEMBER, new ResolveLoss(LossPolicy.RESET, List.of(lost(1))));

        state = resolved(state, LossPolicy.RESET);

        assertThat(slot(state))
                .isEqualTo(new SlotConfiguration(2, MemberSet.of(4), MemberSet.EMPTY, MemberSet.EMPTY, 2, false));
        assertThat(slot(state).isFirstOf(4)).isTrue();
    }

    @Test
    void inASwitchEachSideIsLookedAtByItself() {
        ControlState start = accepted(oneSlot(3, 2, "a", "b", "c", "d"), new AddLearners(0, 1, MemberSet.of(3)));
        ControlState growing = accepted(start, new BeginSwitch(0, 1, MemberSet.of(1, 2, 3)));
        ControlState held = resolved(accepted(growing, new RemoveMember(id("b", 2))), LossPolicy.BLOCK);
        assertThat(slot(held))
                .as("old voters 1 and 2: 1 has all; of the new ones 1 and 3 are a majority")
                .isEqualTo(new SlotConfiguration(3, MemberSet.of(1), MemberSet.of(1, 2, 3), MemberSet.EMPTY, 1, true));

        ControlState moving = accepted(start, new BeginSwitch(0, 1, MemberSet.of(2, 3)));
        ControlState both = resolved(accepted(moving, new RemoveMember(id("b", 2))), LossPolicy.BLOCK);
        assertThat(slot(both))
                .isEqualTo(new SlotConfiguration(3, MemberSet.of(1), MemberSet.of(3), MemberSet.EMPTY, 1, true));

        ControlState oneSided =
                accepted(accepted(start, new BeginSwitch(0, 1, MemberSet.of(3))), new RemoveMember(id("c", 3)));
        assertThat(slot(resolved(oneSided, LossPolicy.RESET)))
                .as("what was chosen in the switch was the new voter's alone")
                .isEqualTo(new SlotConfiguration(3, MemberSet.of(1, 2), MemberSet.EMPTY, MemberSet.EMPTY, 3, false));
    }

    @Test
    void slotThatWasResetGoesOnBySwitchesWithoutAnotherBeginning() {
        ControlState state = resolved(without(3, 2), LossPolicy.RESET);
        state = accepted(state, new AdmitMember(profile("x")));
        state = accepted(state, new AddLearners(0, 2, MemberSet.of(4)), new BeginSwitch(0, 2, MemberSet.of(1, 4)));
        state = accepted(state, new CompleteSwitch(0, 3));

        assertThat(slot(state))
                .isEqualTo(new SlotConfiguration(4, MemberSet.of(1, 4), MemberSet.EMPTY, MemberSet.EMPTY, 2, false));
        assertThat(slot(state).isFirstOf(1)).isFalse();
    }

    @Test
    void memberIsRemovedUnprovenOnlyWhileEverySlotKeepsAMajority() {
        ControlState state = oneSlot(3, 3, "a", "b", "c", "d");
        assertThat(TopologyPlanner.mayRemove(state, id("b", 2))).isTrue();
        assertThat(TopologyPlanner.mayRemove(state, id("b", 9))).isFalse();

        state = accepted(state, new RemoveMember(id("b", 2)));

        assertThat(TopologyPlanner.mayRemove(state, id("c", 3))).isFalse();
        assertThat(TopologyPlanner.mayRemove(state, id("d", 4))).isTrue();
    }

    @Test
    void lossTellsWhatHappenedAndWhatToDo() {
        ControlState lost = without(3, 2);
        assertThat(new SlotLoss(slot(lost), lost.roster().shortIds()).describe(7))
                .contains("slot 7", "[2, 3] of [1, 2, 3]", "RESET", "operator");
        ControlState held = without(2, 1);
        assertThat(new SlotLoss(slot(held), held.roster().shortIds()).describe(7))
                .contains("hold everything");
    }

    @Test
    void reformBeginsTheNextGenerationWithoutTheDead() {
        ControlState state = oneSlot(3, 3, "a", "b", "c");

        ControlState next =
                accepted(state, new Reform(state.founded().ring(), List.of(id("c", 3)), List.of(profile("b", 2))));

        assertThat(next.founded().ring()).isEqualTo(state.founded().ring().reformed());
        assertThat(next.index()).isEqualTo(2);
        assertThat(next.roster().members()).extracting(Member::id).containsExactly(id("a", 1), id("b", 4));
        assertThat(slot(next).learners()).isEqualTo(MemberSet.of(4));
        assertThat(TopologyPlanner.plan(next).resolution(LossPolicy.RESET)).isNotNull();
    }

    @Test
    void reformOfAnotherGenerationOrOfStrangersChangesNothing() {
        ControlState state = oneSlot(2, 2, "a", "b");
        List<NodeId> both = List.of(id("a", 1), id("b", 2));
        refused(state, Reason.OTHER_RING, new Reform(state.founded().ring().reformed(), List.of(), List.of()));
        refused(state, Reason.NOT_A_MEMBER, new Reform(state.founded().ring(), List.of(id("b", 7)), List.of()));
        refused(state, Reason.LAST_MEMBER, new Reform(state.founded().ring(), both, List.of()));
        refused(state, Reason.ALREADY_ADMITTED, new Reform(state.founded().ring(), List.of(), List.of(profile("a"))));
        assertThat(accepted(state, new Reform(state.founded().ring(), both, List.of(profile("x"))))
                        .roster()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void twoNodeRingLosesNothingWhenOneIsReplaced() {
        ControlState state = oneSlot(2, 2, "a", "b");
        state = accepted(state, new Reform(state.founded().ring(), List.of(id("b", 2)), List.of()));

        state = resolved(state, LossPolicy.BLOCK);

        assertThat(slot(state))
                .isEqualTo(new SlotConfiguration(2, MemberSet.of(1), MemberSet.of(1), MemberSet.EMPTY, 1, true));
        state = accepted(state, new CompleteSwitch(0, 2));
        assertThat(slot(state)).isEqualTo(SlotConfiguration.stable(3, MemberSet.of(1)));
        state = accepted(state, new AdmitMember(profile("b", 2)));
        List<SlotStep> steps = new ArrayList<>(TopologyPlanner.plan(state).steps());
        assertThat(steps).containsExactly(new AddLearners(0, 3, MemberSet.of(3)));
    }

    @Test
    void replicationFactorIsChangedByAnOperator() {
        refused(ControlState.EMPTY, Reason.NO_RING, new SetReplicationFactor(2));
        ControlState state = accepted(oneSlot(3, 3, "a", "b", "c"), new SetReplicationFactor(1));

        assertThat(state.founded().replicationFactor()).isEqualTo(1);
        assertThat(state.founded().ring()).isEqualTo(TestRings.settings(1, 1).ring());
        assertThat(TopologyPlanner.plan(state).switches())
                .singleElement()
                .satisfies(begin -> assertThat(begin.incoming().size()).isEqualTo(1));
    }

    private static LostSlot lost(int epoch) {
        return new LostSlot(0, epoch, MemberSet.EMPTY);
    }
}
