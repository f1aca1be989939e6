package dev.hypercache.core.control;

import static dev.hypercache.core.control.TestRings.accepted;
import static dev.hypercache.core.control.TestRings.founded;
import static dev.hypercache.core.control.TestRings.id;
import static dev.hypercache.core.control.TestRings.oneSlot;
import static dev.hypercache.core.control.TestRings.profile;
import static dev.hypercache.core.control.TestRings.refused;
import static dev.hypercache.core.control.TestRings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MemberCommandTest {

    @Test
    void foundingAdmitsTheFoundersInOrder() {
        ControlState state = founded(16, 3, "a", "b");

        assertThat(state.index()).isEqualTo(1);
        assertThat(state.roster().members())
                .extracting(Member::shortId, Member::id)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, id("a", 1)),
                        org.assertj.core.groups.Tuple.tuple(2, id("b", 2)));
        assertThat(state.slots().size()).isEqualTo(16);
        assertThat(state.slots().configuration(15).epoch()).isEqualTo(1);
    }

    @Test
    void ringIsFoundedOnce() {
        refused(
                founded(16, 3, "a"),
                Reason.RING_EXISTS,
                new FoundRing(settings(1, 1), List.of(profile("b")), List.of(MemberSet.of(1))));
    }

    @Test
    void foundersHaveNamesOfTheirOwnAndTheTableNamesFounders() {
        List<NodeProfile> founders = List.of(profile("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new FoundRing(settings(1, 1), List.of(profile("a"), profile("a", 2)), List.of(MemberSet.of(1))))
                .withMessageContaining("a occurs twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoundRing(settings(1, 1), founders, List.of(MemberSet.of(2))))
                .withMessageContaining("short id of a founder is 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FoundRing(settings(2, 1), founders, List.of(MemberSet.of(1))))
                .withMessageContaining("number of slots in the table is 1");
    }

    @Test
    void beforeTheFoundingNothingElseFits() {
        ControlState none = ControlState.EMPTY;
        refused(none, Reason.NO_RING, new AdmitMember(profile("a")));
        refused(
                none,
                Reason.NO_RING,
                new DefineCache("c", new java.util.TreeMap<>(), dev.hypercache.spi.Payload.EMPTY));
        refused(none, Reason.NOT_A_MEMBER, new RemoveMember(id("a", 1)));
        refused(none, Reason.NOT_A_MEMBER, new DrainMember(id("a", 1)));
        refused(none, Reason.NO_SUCH_CACHE, new DropCache(1));
        refused(none, Reason.NO_SUCH_SLOT, new CompleteSwitch(0, 1));
    }

    @Test
    void newcomerGetsTheNextShortIdAndIncarnationAndNoSlot() {
        ControlState before = founded(16, 3, "a", "b");

        ControlState state = accepted(before, new AdmitMember(profile("c")));

        assertThat(state.roster().member("c")).isEqualTo(state.roster().member(3));
        assertThat(state.roster().member(id("c", 3))).isNotNull();
        assertThat(state.slots()).isEqualTo(before.slots());
    }

    @Test
    void admissionAppendedTwiceIsOne() {
        ControlState state = accepted(founded(16, 3, "a"), new AdmitMember(profile("b")));

        refused(state, Reason.ALREADY_ADMITTED, new AdmitMember(profile("b")));
    }

    @Test
    void nodeThatComesBackUnderItsNameLearnsInEachSlotOfItsFormerLife() {
        ControlState before = accepted(oneSlot(3, 3, "a", "b", "c", "d"), new AddLearners(0, 1, MemberSet.of(4)));

        ControlState state = accepted(before, new AdmitMember(profile("b", 2)));

        assertThat(state.roster().member(id("b", 2))).as("former life").isNull();
        assertThat(state.roster().member(2)).isNull();
        assertThat(state.roster().member(id("b", 5))).isEqualTo(state.roster().member(5));
        assertThat(state.slots().configuration(0))
                .as("it does not vote, and the epoch stands")
                .isEqualTo(new SlotConfiguration(1, MemberSet.of(1, 2, 3), MemberSet.EMPTY, MemberSet.of(4, 5)));
    }

    @Test
    void learnerThatComesBackLearnsAnewInPlaceOfItsFormerLife() {
        ControlState before = accepted(oneSlot(3, 3, "a", "b", "c", "d"), new AddLearners(0, 1, MemberSet.of(4)));

        ControlState state = accepted(before, new AdmitMember(profile("d", 2)));

        assertThat(state.slots().configuration(0).learners()).isEqualTo(MemberSet.of(5));
        assertThat(state.slots().entries().get(0).heldSince()).isEqualTo(Map.of(1, 1L, 2, 1L, 3, 1L, 5, 3L));
    }

    @Test
    void removedMemberStopsLearningAndGoesOnBeingCountedWhereItVotes() {
        ControlState learning = accepted(oneSlot(3, 3, "a", "b", "c", "d"), new AddLearners(0, 1, MemberSet.of(4)));

        ControlState state = accepted(learning, new RemoveMember(id("d", 4)), new RemoveMember(id("c", 3)));

        assertThat(state.roster().size()).isEqualTo(2);
        assertThat(state.slots().configuration(0)).isEqualTo(SlotConfiguration.stable(1, MemberSet.of(1, 2, 3)));
    }

    @Test
    void removalMeansOneIncarnationOnly() {
        ControlState state = accepted(founded(16, 3, "a", "b"), new AdmitMember(profile("b", 2)));

        refused(state, Reason.NOT_A_MEMBER, new RemoveMember(id("b", 2)));
        accepted(state, new RemoveMember(id("b", 3)));
    }

    @Test
    void lastMemberStays() {
        refused(founded(16, 3, "a"), Reason.LAST_MEMBER, new RemoveMember(id("a", 1)));
    }

    @Test
    void drainingMemberStaysAMemberUntilItIsRemoved() {
        ControlState state = accepted(founded(16, 3, "a", "b"), new DrainMember(id("b", 2)));

        Member leaving = state.roster().member("b");
        assertThat(leaving).isNotNull();
        assertThat(leaving.draining()).isTrue();
        assertThat(accepted(state, new AdmitMember(profile("b", 2))).roster().members())
                .as("a new life stays")
                .noneMatch(Member::draining);
    }

    @Test
    void shortIdIsNotGivenOutAgainWhileASlotMentionsIt() {
        ControlState state = oneSlot(3, 3, "a", "b", "c");
        state = accepted(state, new RemoveMember(id("c", 3)));
        int life = 1;
        List<Integer> given = new ArrayList<>();
        for (int i = 0; i < 2 * MemberSet.SHORT_ID_MAX; i++) {
            state = accepted(state, new AdmitMember(profile("d", ++life)));
            given.add(state.roster().members().stream()
                    .mapToInt(Member::shortId)
                    .max()
                    .orElse(0));
        }
        assertThat(given).doesNotContain(0, 1, 2, 3).contains(4, MemberSet.SHORT_ID_MAX);
    }

    @Test
    void ringWithoutAFreeShortIdAdmitsNobody() {
        ControlState small = founded(4096, 1, "a");
        List<SlotEntry> entries = new ArrayList<>();
        for (int slot = 0; slot < 4096; slot++) {
            MemberSet voter = MemberSet.of(slot % MemberSet.SHORT_ID_MAX + 1);
            entries.add(SlotEntry.created(SlotConfiguration.stable(1, voter), 1));
        }
        ControlState full = small.with(new SlotTable(entries));
        refused(full, Reason.NO_SHORT_ID, new AdmitMember(profile("b")));

        entries.set(1, SlotEntry.created(SlotConfiguration.stable(3, MemberSet.of(1)), 1));
        assertThat(accepted(small.with(new SlotTable(entries)), new AdmitMember(profile("b")))
                        .roster()
                        .member(2))
                .isNotNull();
    }

    @Test
    void fullRingAdmitsNobodyNewButItsOwnMembersAgain() {
        ControlState state = founded(1, 1, "a");
        for (int i = 1; i < ControlLimits.MEMBERS_MAX; i++) {
            state = accepted(state, new AdmitMember(profile("n" + i)));
        }
        refused(state, Reason.RING_FULL, new AdmitMember(profile("one-too-many")));
        assertThat(accepted(state, new AdmitMember(profile("n1", 2))).roster().size())
                .isEqualTo(ControlLimits.MEMBERS_MAX);
    }
}
