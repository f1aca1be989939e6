package dev.hypercache.core.control;

import static dev.hypercache.core.control.TestRings.accepted;
import static dev.hypercache.core.control.TestRings.id;
import static dev.hypercache.core.control.TestRings.oneSlot;
import static dev.hypercache.core.control.TestRings.profile;
import static dev.hypercache.core.control.TestRings.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SlotStepTest {

    private final ControlState start = oneSlot(3, 3, "a", "b", "c", "d", "e");

    @Test
    void slotMovesByLearningSwitchingAndCompleting() {
        ControlState learning = accepted(start, new AddLearners(0, 1, MemberSet.of(4)));
        assertThat(learning.slots().configuration(0))
                .isEqualTo(new SlotConfiguration(1, MemberSet.of(1, 2, 3), MemberSet.EMPTY, MemberSet.of(4)));

        ControlState switching = accepted(learning, new BeginSwitch(0, 1, MemberSet.of(2, 4, 1)));
        assertThat(switching.slots().configuration(0))
                .isEqualTo(new SlotConfiguration(2, MemberSet.of(1, 2, 3), MemberSet.of(2, 4, 1), MemberSet.EMPTY));

        ControlState completed = accepted(switching, new CompleteSwitch(0, 2));
        assertThat(completed.slots().configuration(0)).isEqualTo(SlotConfiguration.stable(3, MemberSet.of(2, 4, 1)));
        assertThat(completed.slots().entries().get(0).heldSince()).isEqualTo(Map.of(1, 1L, 2, 1L, 4, 2L));
        assertThat(completed.slots().entries().get(0).changedAt()).isEqualTo(4);
    }

    @Test
    void stepOfAnotherEpochChangesNothing() {
        refused(start, Reason.OTHER_EPOCH, new AddLearners(0, 2, MemberSet.of(4)));
        ControlState switching =
                accepted(start, new AddLearners(0, 1, MemberSet.of(4)), new BeginSwitch(0, 1, MemberSet.of(1, 2, 4)));
        refused(switching, Reason.OTHER_EPOCH, new AddLearners(0, 1, MemberSet.of(5)));
        refused(switching, Reason.OTHER_EPOCH, new CompleteSwitch(0, 1));
    }

    @Test
    void stepsThatFitAreTakenBesideOnesThatDoNot() {
        Applied applied = start.apply(new ChangeSlots(List.of(
                new CompleteSwitch(0, 1),
                new AddLearners(0, 1, MemberSet.of(4)),
                new AddLearners(1, 1, MemberSet.of(4)),
                new BeginSwitch(0, 1, MemberSet.of(4)))));

        assertThat(applied.refusals())
                .extracting(Refusal::reason, Refusal::slot)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Reason.NOT_SWITCHING, 0),
                        org.assertj.core.groups.Tuple.tuple(Reason.NO_SUCH_SLOT, 1));
        assertThat(applied.state().slots().configuration(0))
                .isEqualTo(new SlotConfiguration(2, MemberSet.of(1, 2, 3), MemberSet.of(4), MemberSet.EMPTY));
    }

    @Test
    void onlyMembersWithoutTheSlotLearnIt() {
        refused(start, Reason.NOT_A_MEMBER, new AddLearners(0, 1, MemberSet.of(4, 9)));
        refused(start, Reason.ALREADY_HOLDER, new AddLearners(0, 1, MemberSet.of(3, 4)));
        ControlState learning = accepted(start, new AddLearners(0, 1, MemberSet.of(4)));
        refused(learning, Reason.ALREADY_HOLDER, new AddLearners(0, 1, MemberSet.of(4)));
    }

    @Test
    void slotHasSoManyLearnersAndNoMore() {
        ControlState state = start;
        for (int i = 0; i < ControlLimits.LEARNERS_MAX + 1; i++) {
            state = accepted(state, new AdmitMember(profile("n" + i)));
        }
        for (int i = 0; i < ControlLimits.LEARNERS_MAX; i++) {
            state = accepted(state, new AddLearners(0, 1, MemberSet.of(6 + i)));
        }
        refused(state, Reason.TOO_MANY_HOLDERS, new AddLearners(0, 1, MemberSet.of(6 + ControlLimits.LEARNERS_MAX)));
    }

    @Test
    void droppedLearnerThatLearnsAgainHoldsSinceThen() {
        ControlState state = accepted(start, new AddLearners(0, 1, MemberSet.of(4)));
        assertThat(state.slots().entries().get(0).heldSince()).containsEntry(4, 2L);

        state = accepted(state, new DropLearners(0, 1, MemberSet.of(4)), new AddLearners(0, 1, MemberSet.of(4)));

        assertThat(state.slots().entries().get(0).heldSince())
                .containsEntry(4, 3L)
                .containsEntry(1, 1L);
        refused(start, Reason.NOT_A_HOLDER, new DropLearners(0, 1, MemberSet.of(4)));
        refused(start, Reason.NOT_A_HOLDER, new DropLearners(0, 1, MemberSet.of(1)));
    }

    @Test
    void switchNamesHoldersThatAreMembersAndOtherThanTheVoters() {
        refused(start, Reason.SAME_VOTERS, new BeginSwitch(0, 1, MemberSet.of(3, 1, 2)));
        refused(start, Reason.NOT_A_HOLDER, new BeginSwitch(0, 1, MemberSet.of(1, 2, 4)));
        ControlState removed = accepted(start, new RemoveMember(id("c", 3)));
        refused(removed, Reason.NOT_A_MEMBER, new BeginSwitch(0, 1, MemberSet.of(1, 3)));
        ControlState learning = accepted(start, new AddLearners(0, 1, MemberSet.of(4)));
        refused(learning, Reason.TOO_MANY_HOLDERS, new BeginSwitch(0, 1, MemberSet.of(1, 2, 3, 4)));
    }

    @Test
    void switchIsNotBegunTwiceNorWithoutTwoEpochsLeft() {
        ControlState switching = accepted(start, new BeginSwitch(0, 1, MemberSet.of(1, 2)));
        refused(switching, Reason.SWITCHING, new BeginSwitch(0, 2, MemberSet.of(1)));

        ControlState old = at(Integer.MAX_VALUE - 1);
        refused(old, Reason.NO_EPOCH, new BeginSwitch(0, Integer.MAX_VALUE - 1, MemberSet.of(1, 2)));
        ControlState younger = at(Integer.MAX_VALUE - 2);
        accepted(
                younger,
                new BeginSwitch(0, Integer.MAX_VALUE - 2, MemberSet.of(1, 2)),
                new CompleteSwitch(0, Integer.MAX_VALUE - 1));
    }

    @Test
    void incomingMemberThatRestartsLearnsOnAfterTheSwitch() {
        ControlState state = accepted(start, new AddLearners(0, 1, MemberSet.of(4)));
        state = accepted(state, new BeginSwitch(0, 1, MemberSet.of(1, 2, 4)));
        state = accepted(state, new AdmitMember(profile("d", 2)));
        state = accepted(state, new CompleteSwitch(0, 2));

        assertThat(state.slots().configuration(0))
                .isEqualTo(new SlotConfiguration(3, MemberSet.of(1, 2, 4), MemberSet.EMPTY, MemberSet.of(6)));
        state = accepted(state, new BeginSwitch(0, 3, MemberSet.of(1, 2, 6)), new CompleteSwitch(0, 4));
        assertThat(state.slots().configuration(0)).isEqualTo(SlotConfiguration.stable(5, MemberSet.of(1, 2, 6)));
    }

    @Test
    void preferringAnotherLeaderMakesNoEpoch() {
        ControlState state = accepted(start, new OrderVoters(0, 1, MemberSet.of(3, 2, 1)));

        assertThat(state.slots().configuration(0)).isEqualTo(SlotConfiguration.stable(1, MemberSet.of(3, 2, 1)));
        assertThat(state.slots().entries().get(0).heldSince()).isEqualTo(Map.of(1, 1L, 2, 1L, 3, 1L));
        refused(start, Reason.OTHER_VOTERS, new OrderVoters(0, 1, MemberSet.of(1, 2)));
        refused(start, Reason.OTHER_VOTERS, new OrderVoters(0, 1, MemberSet.of(1, 2, 4)));
        ControlState switching = accepted(start, new BeginSwitch(0, 1, MemberSet.of(1, 2)));
        refused(switching, Reason.SWITCHING, new OrderVoters(0, 2, MemberSet.of(3, 2, 1)));
    }

    @Test
    void definingACacheChangesNoSlot() {
        ControlState state = accepted(start, new DefineCache("c", new TreeMap<>(), dev.hypercache.spi.Payload.EMPTY));

        assertThat(state.index()).isEqualTo(2);
        assertThat(state.slots()).isEqualTo(start.slots());
        assertThat(state.slots().changedSince(1).isEmpty()).isTrue();
        assertThat(state.slots().changedSince(0).cardinality()).isEqualTo(1);
    }

    private ControlState at(int epoch) {
        SlotConfiguration old = SlotConfiguration.stable(epoch, MemberSet.of(1, 2, 3));
        return start.with(new SlotTable(List.of(SlotEntry.created(old, 1))));
    }
}
