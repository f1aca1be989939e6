package dev.hypercache.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.spi.topology.TopologyChange;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyPage.Checkpoint;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of a ring: whatever the commands, in whatever order, the rules of slots hold, and a member that read
 * every change holds the state of one that began from a checkpoint.
 */
final class ControlWalkTest {

    private static final int STEPS = 400;

    private final ControlMachine reader = new ControlMachine();
    private ControlMachine restored = new ControlMachine();
    private String replay = "";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void rulesHoldInARandomHistory(long offset) {
        long seed = Long.getLong("hypercache.sim.seed", 20_261_126L) + offset;
        replay = "replay with -Dhypercache.sim.seed=" + (seed - offset) + ", history " + offset;
        RandomCommands commands = new RandomCommands(seed);
        int taken = 0;
        for (int i = 1; i <= STEPS; i++) {
            ControlState before = reader.state();
            ControlCommand command = commands.next(before);
            Applied applied = before.apply(command);
            assertThat(before.apply(command)).as(replay).isEqualTo(applied);
            checkSlots(before, applied.state(), command);
            checkUsers(before, command, applied.state());
            log(i, command, commands.restoresNow());
            assertThat(reader.state()).as(replay).isEqualTo(applied.state());
            assertThat(restored.state()).as(replay).isEqualTo(applied.state());
            taken += applied.refusals().isEmpty() ? 1 : 0;
        }
        assertThat(taken).as("commands that fitted; %s", replay).isBetween(STEPS / 3, STEPS - 1);
        assertThat(commands.kindsMade()).as("kinds of commands; %s", replay).hasSize(17);
    }

    private void log(long index, ControlCommand command, boolean restoresNow) {
        TopologyChange change = new TopologyChange(index, new ControlChange(new UUID(0, index), command).encode());
        if (restoresNow && index > 1) {
            restored = new ControlMachine();
            restored.feed(new TopologyPage(new Checkpoint(index - 1, reader.snapshot()), List.of(change)));
        } else {
            restored.feed(new TopologyPage(null, List.of(change)));
        }
        reader.feed(new TopologyPage(null, List.of(change)));
    }

    private void checkSlots(ControlState before, ControlState after, ControlCommand command) {
        assertThat(after.index()).isEqualTo(before.index() + 1);
        for (int slot = 0; slot < before.slots().size(); slot++) {
            SlotEntry was = before.slots().entries().get(slot);
            SlotEntry is = after.slots().entries().get(slot);
            String where = "slot " + slot + " from " + was + " to " + is + "; " + replay;
            if (command instanceof ResolveLoss resolve && is != was) {
                checkResolved(was.configuration(), is.configuration(), before, resolve, where);
            } else {
                checkEpoch(was.configuration(), is.configuration(), where);
                assertThat(is.configuration().begunIn())
                        .as(where)
                        .isEqualTo(was.configuration().begunIn());
            }
            assertThat(is.changedAt())
                    .as(where)
                    .isEqualTo(was.configuration().equals(is.configuration()) ? was.changedAt() : after.index());
            assertThat(is.configuration().electors().isEmpty()).as(where).isFalse();
            checkHolders(after, was, is, where);
        }
    }

    /** Users are members, who stay users until they leave or say so; the rest of a definition stays as it is. */
    private void checkUsers(ControlState before, ControlCommand command, ControlState after) {
        for (CacheDefinition is : after.caches().caches()) {
            CacheDefinition was = before.caches().cache(is.id());
            String where = "from " + was + " to " + is + "; " + replay;
            for (int user : is.users().toArray()) {
                assertThat(after.roster().contains(user)).as(where).isTrue();
            }
            if (was != null) {
                assertThat(is.usedBy(was.users())).as(where).isEqualTo(was);
                int ended = after.roster().among(was.users()).minus(is.users()).size();
                assertThat(ended)
                        .as(where)
                        .isEqualTo(
                                command instanceof ReleaseCache
                                        ? was.users().size() - is.users().size()
                                        : 0);
            }
        }
    }

    /** A slot goes on only if it was lost, needs all who survived where a majority is gone, and is emptied only if it must be. */
    private static void checkResolved(
            SlotConfiguration was, SlotConfiguration is, ControlState now, ResolveLoss resolve, String where) {
        BitSet members = now.roster().shortIds();
        assertThat(was.isPromiseQuorum(members)).as(where).isFalse();
        assertThat(is.isPromiseQuorum(members)).as(where).isTrue();
        assertThat(is.epoch()).as(where).isEqualTo(was.epoch() + 1);
        boolean mayHaveLost = hasLost(was.voters(), members) || hasLost(was.incoming(), members);
        assertThat(is.begunIn()).as(where).isEqualTo(mayHaveLost ? is.epoch() : was.begunIn());
        assertThat(mayHaveLost && resolve.policy() == LossPolicy.BLOCK)
                .as(where)
                .isFalse();
        for (MemberSet side : List.of(was.voters(), was.incoming())) {
            for (int survivor : side.hasMajorityIn(members) ? new int[0] : side.toArray()) {
                BitSet others = (BitSet) members.clone();
                others.clear(survivor);
                assertThat(members.get(survivor) && is.isPromiseQuorum(others))
                        .as("without %d; %s", survivor, where)
                        .isFalse();
            }
        }
    }

    private static boolean hasLost(MemberSet voters, BitSet members) {
        int gone = voters.size() - voters.countIn(members);
        return gone > 0 && 2 * gone > voters.size();
    }

    /** Quorums belong to epochs: as sets, voters and incoming voters change together with the epoch only. */
    private static void checkEpoch(SlotConfiguration was, SlotConfiguration is, String where) {
        if (is.epoch() == was.epoch()) {
            assertThat(is.voters().isSameSetAs(was.voters())).as(where).isTrue();
            assertThat(is.incoming()).as(where).isEqualTo(was.incoming());
            return;
        }
        assertThat(is.epoch()).as(where).isGreaterThan(was.epoch());
        if (is.epoch() == was.epoch() + 1 && was.isSwitching()) {
            assertThat(is.voters()).as(where).isEqualTo(was.incoming());
            assertThat(is.isSwitching()).as(where).isFalse();
        } else {
            assertThat(is.epoch()).as(where).isEqualTo(was.epoch() + 1);
            assertThat(is.voters()).as(where).isEqualTo(was.voters());
            assertThat(is.incoming().minus(was.holders()).isEmpty()).as(where).isTrue();
        }
    }

    private static void checkHolders(ControlState after, SlotEntry was, SlotEntry is, String where) {
        for (int learner : is.configuration().learners().toArray()) {
            assertThat(after.roster().contains(learner)).as(where).isTrue();
            assertThat(is.configuration().electors().contains(learner))
                    .as(where)
                    .isFalse();
        }
        for (int holder : is.configuration().holders().toArray()) {
            Long since = was.configuration().holders().contains(holder)
                    ? was.heldSince().get(holder)
                    : (Long) after.index();
            assertThat(is.heldSince()).as(where).containsEntry(holder, since);
        }
    }
}
