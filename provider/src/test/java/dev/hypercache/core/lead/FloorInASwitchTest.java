package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.message.Accept;
import dev.hypercache.core.message.Accepted;
import dev.hypercache.core.message.AskVersions;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.Prepare;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.VersionPage;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.Follower;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A leader in a switch hears late of a floor that lies above a tombstone, which it has yet to bring to the new voters. */
final class FloorInASwitchTest {

    private static final int LEADER = 1;
    private static final int LEAVING = 2;
    private static final int LATE = 3;
    private static final int INCOMING = 4;
    private static final SlotConfiguration SWITCH = new SlotConfiguration(
            2, MemberSet.of(LEADER, LEAVING, LATE), MemberSet.of(LEADER, LATE, INCOMING), MemberSet.EMPTY);

    private static final long BEFORE = new Ballot(1, 1, LEADER).packed();
    private static final long NOW = new Ballot(2, 1, LEADER).packed();
    private static final RecordKey NAME = new RecordKey(1, KeyBytes.of(1, new byte[] {1}));

    private record Sent(int to, Message message) {}

    private final Map<Integer, SlotState> states = new TreeMap<>();
    private final ArrayDeque<Sent> network = new ArrayDeque<>();

    private FloorInASwitchTest() {
        for (int member : SWITCH.electors().toArray()) {
            states.put(
                    member,
                    new SlotState(0, 1, SWITCH, cache -> new HeapEntryStore<>(), 5_500, new FingerprintKey(1, 2)));
        }
    }

    private SlotState state(int member) {
        return Objects.requireNonNull(states.get(member), "member");
    }

    private Leadership leadership() {
        return new Leadership(
                state(LEADER),
                NOW,
                new Leadership.Surroundings(
                        LEADER,
                        (member, message) -> network.add(new Sent(member, message)),
                        Object::equals,
                        (name, change, before, after) -> {},
                        new HoldLimits(1_500, 1_000, 3_000),
                        new HintLedger(new HintLimits(true, 3_600_000, 200, 1_000, 1_000, 1 << 20)),
                        new Moves(MoveLimits.NONE),
                        500,
                        member -> true));
    }

    private void holdsTombstone(int member) {
        StoredRecord tombstone = StoredRecord.tombstone(BEFORE, 3);
        state(member).apply(state(member).promise().ballot(), new RecordEntry(NAME, tombstone, Lineage.EMPTY, null));
    }

    /** Messages arrive and are answered, but for those of one member; null for nobody. */
    private void deliver(Leadership leadership, @Nullable Integer silent) {
        for (Sent one = network.poll(); one != null; one = network.poll()) {
            if (!Integer.valueOf(one.to()).equals(silent)) {
                deliver(leadership, one.to(), one.message());
            }
        }
    }

    private void deliver(Leadership leadership, int to, Message message) {
        Follower follower = new Follower(state(to));
        if (message instanceof Prepare prepare && follower.answer(prepare) instanceof Promise promise) {
            leadership.on(to, promise, 0);
        } else if (message instanceof AskVersions ask) {
            follower.answer(ask).forEach(page -> leadership.on(to, (VersionPage) page, 0));
        } else if (message instanceof Accept accept && follower.answer(accept) instanceof Accepted accepted) {
            leadership.on(to, accepted, 0);
        }
    }

    @Test
    void tombstoneIsBroughtToTheNewVotersBeforeTheFloorTakesIt() {
        holdsTombstone(LEADER);
        holdsTombstone(LEAVING);
        state(LATE).raiseFloor(new Version(BEFORE, 5));
        Leadership leadership = leadership();
        state(LEADER).admit(NOW);

        leadership.start(0);
        deliver(leadership, LATE);
        assertThat(leadership.isServing()).isTrue();
        assertThat(leadership.isSwitchComplete()).isFalse();

        deliver(leadership, LATE, new Prepare(0, NOW));
        for (long now = 0; now < 3_000; now += 10) {
            leadership.tick(now);
            deliver(leadership, null);
        }

        assertThat(leadership.isSwitchComplete()).isTrue();
        assertThat(List.of(state(LEADER).floor(), state(LATE).floor())).containsOnly(new Version(BEFORE, 5));
    }
}
