package dev.hypercache.core.control;

import static dev.hypercache.core.control.TestRings.accepted;
import static dev.hypercache.core.control.TestRings.id;
import static dev.hypercache.core.control.TestRings.profile;
import static dev.hypercache.core.control.TestRings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyPage.Checkpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ControlMachineTest {

    private static final ControlCommand FOUND =
            TopologyPlanner.found(settings(16, 3), List.of(profile("a"), profile("b"), profile("c")));
    private static final ControlCommand ADMIT = new AdmitMember(profile("d"));
    private static final ControlCommand DEFINE = new DefineCache("books", new TreeMap<>(), Payload.EMPTY);
    private static final ControlCommand LEARN = new ChangeSlots(List.of(new AddLearners(3, 1, MemberSet.of(4))));

    private final ControlMachine machine = new ControlMachine();

    @Test
    void machineKnowsWhatItWasFed() {
        ControlMachine.Progress progress = machine.feed(page(1, FOUND, ADMIT, DEFINE));

        assertThat(progress.index()).isEqualTo(3);
        assertThat(progress.restored()).isFalse();
        assertThat(progress.outcomes()).extracting(ChangeOutcome::id).containsExactly(uuid(1), uuid(2), uuid(3));
        assertThat(machine.state()).isEqualTo(accepted(ControlState.EMPTY, FOUND, ADMIT, DEFINE));
        assertThat(machine.index()).isEqualTo(3);
        assertThat(machine.member(4)).isEqualTo(machine.member(id("d", 4))).isNotNull();
        assertThat(machine.member(5)).isNull();
        assertThat(machine.cache("books")).isEqualTo(machine.cache(1)).isNotNull();
        assertThat(machine.configuration(15).voters().size()).isEqualTo(3);
    }

    @Test
    void changedSlotsAreListedSinceAnIndex() {
        machine.feed(page(1, FOUND, ADMIT, LEARN, DEFINE));

        assertThat(machine.slotsChangedSince(0).cardinality()).isEqualTo(16);
        assertThat(machine.slotsChangedSince(2).stream().toArray()).containsExactly(3);
        assertThat(machine.slotsChangedSince(3).isEmpty()).isTrue();
    }

    @Test
    void pageReadTwiceCountsOnce() {
        machine.feed(page(1, FOUND, ADMIT));
        ControlState once = machine.state();

        assertThat(machine.feed(page(1, FOUND, ADMIT)).outcomes()).isEmpty();
        assertThat(machine.state()).isEqualTo(once);
        assertThat(machine.feed(page(2, ADMIT, DEFINE)).outcomes()).hasSize(1);
    }

    @Test
    void gapIsRefusedAndNamesTheIndexToReadFrom() {
        machine.feed(page(1, FOUND));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> machine.feed(page(3, DEFINE)))
                .withMessageContaining("from 2 on");
        assertThat(machine.index()).isEqualTo(1);
    }

    @Test
    void refusedCommandAdvancesTheIndexAndSaysWhy() {
        ControlMachine.Progress progress = machine.feed(page(1, FOUND, DEFINE, DEFINE));

        assertThat(progress.outcomes().get(2).applied().refusals())
                .extracting(Refusal::reason)
                .containsExactly(Refusal.Reason.CACHE_EXISTS);
        assertThat(machine.index()).isEqualTo(3);
    }

    @Test
    void bytesThatAreNoChangeDoNothing() {
        machine.feed(page(1, FOUND));
        ControlState before = machine.state();
        Payload garbage = Payload.of(new byte[] {ChangeFormat.VERSION, 9, 9});

        ControlMachine.Progress progress =
                machine.feed(new TopologyPage(null, List.of(new TopologyChange(2, garbage))));

        assertThat(progress.outcomes().get(0).id()).isNull();
        assertThat(progress.outcomes().get(0).applied().refusals())
                .extracting(Refusal::reason)
                .containsExactly(Refusal.Reason.UNREADABLE);
        assertThat(machine.index()).isEqualTo(2);
        assertThat(machine.state().slots()).isEqualTo(before.slots());
    }

    @Test
    void changeOfANewerFormatStopsTheMachineBehindWhatItKnows() {
        Payload newer = Payload.of(new byte[] {ChangeFormat.VERSION + 1});
        List<TopologyChange> changes = new ArrayList<>(page(1, FOUND).changes());
        changes.add(new TopologyChange(2, newer));

        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> machine.feed(new TopologyPage(null, changes)));
        assertThat(machine.index()).isEqualTo(1);
    }

    @Test
    void checkpointBringsAMachineToTheSameState() {
        machine.feed(page(1, FOUND, ADMIT, LEARN, DEFINE));
        ControlMachine late = new ControlMachine();

        ControlMachine.Progress progress = late.feed(new TopologyPage(
                new Checkpoint(4, machine.snapshot()), page(5, new DropCache(1)).changes()));

        assertThat(progress.restored()).isTrue();
        assertThat(progress.outcomes()).hasSize(1);
        assertThat(late.state()).isEqualTo(accepted(machine.state(), new DropCache(1)));
    }

    @Test
    void stateIsWrittenInTheOldestFormatThatHasIt() {
        machine.feed(page(1, FOUND, DEFINE));
        assertThat(machine.snapshot().toBytes()[0]).isEqualTo((byte) 1);

        machine.feed(page(3, new UseCache(1, id("c", 3)), new UseCache(1, id("a", 1))));
        assertThat(machine.snapshot().toBytes()[0]).isEqualTo((byte) 2);
        assertThat(StateFormat.decode(machine.snapshot())).isEqualTo(machine.state());
    }

    @Test
    void userThatIsNoMemberMakesNoState() {
        machine.feed(page(1, FOUND, DEFINE, new UseCache(1, id("c", 3))));
        byte[] bytes = machine.snapshot().toBytes();
        bytes[bytes.length - 1] = 9;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateFormat.decode(Payload.of(bytes)))
                .withMessageContaining("a user of a cache is no member");
    }

    @Test
    void checkpointOfThePastIsPassedOver() {
        machine.feed(page(1, FOUND));
        Payload past = machine.snapshot();
        machine.feed(page(2, ADMIT));

        assertThat(machine.feed(new TopologyPage(new Checkpoint(1, past), List.of()))
                        .restored())
                .isFalse();
        assertThat(machine.index()).isEqualTo(2);
    }

    @Test
    void checkpointUnderAForeignIndexIsRefused() {
        machine.feed(page(1, FOUND));
        Payload state = machine.snapshot();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> machine.feed(new TopologyPage(new Checkpoint(9, state), List.of())))
                .withMessageContaining("index 9")
                .withMessageContaining("index 1");
        assertThat(machine.index()).isEqualTo(1);
    }

    @Test
    void checkpointThatNobodyEncodedIsRestoredOrRefused() {
        machine.feed(page(1, FOUND, ADMIT, LEARN, DEFINE, new UseCache(1, id("c", 3)), new UseCache(1, id("a", 1))));
        HostileBytes hostile = new HostileBytes(
                machine.snapshot(),
                bytes -> new ControlMachine().feed(new TopologyPage(new Checkpoint(6, bytes), List.of())));

        hostile.cutOffAnywhere();
        hostile.followedByAnotherByte();
        hostile.changedAtRandom(20_000);
        hostile.madeUp(5_000);
    }

    @Test
    void snapshotOfAnEmptyMachineIsEmpty() {
        assertThat(StateFormat.decode(machine.snapshot())).isEqualTo(ControlState.EMPTY);
    }

    @Test
    void largestRingFitsIntoASnapshot() {
        ControlState state = TestRings.founded(4_096, 7, "a", "b", "c", "d", "e", "f", "g");
        String tail = "x".repeat(100);
        for (int i = state.roster().size(); i < ControlLimits.MEMBERS_MAX; i++) {
            state = accepted(state, new AdmitMember(profile("node-" + i + tail, 1, 10_000, "\u20ac".repeat(128))));
        }
        Payload largest = Payload.of(new byte[ControlLimits.CONFIGURATION_BYTES_MAX]);
        for (int i = 0; i < 31; i++) {
            state = accepted(state, new DefineCache("cache " + i, new TreeMap<>(), largest));
        }

        Payload snapshot = StateFormat.encode(state);

        assertThat(snapshot.length()).isLessThan(ControlLimits.STATE_BYTES_MAX);
        assertThat(StateFormat.decode(snapshot)).isEqualTo(state);
    }

    private static TopologyPage page(long firstIndex, ControlCommand... commands) {
        List<TopologyChange> changes = new ArrayList<>();
        for (ControlCommand command : Arrays.asList(commands)) {
            long index = firstIndex + changes.size();
            changes.add(new TopologyChange(index, new ControlChange(uuid(index), command).encode()));
        }
        return new TopologyPage(null, changes);
    }

    private static UUID uuid(long index) {
        return new UUID(42, index);
    }
}
