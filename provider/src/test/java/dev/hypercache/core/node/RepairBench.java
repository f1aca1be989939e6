package dev.hypercache.core.node;

import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.lead.HoldLimits;
import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.LeaderObserver;
import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.leaderless.LeaderlessLimits;
import dev.hypercache.core.leaderless.LeaderlessSlot;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.StaleSeen;
import dev.hypercache.core.move.MoveLimits;
import dev.hypercache.core.move.Moves;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.CopyTampering;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.storage.HeapEntryStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Three replicas of one slot, the first of which leads, on a network without delay.
 *
 * <p>A learner that never answers keeps the floor where it is put: a floor rises when every holder of a copy has confirmed.
 */
final class RepairBench {

    static final int LEADER = 1;
    static final int FOLLOWER = 2;
    static final int OTHER = 3;

    private static final int SILENT = 4;
    private static final int CACHE = 1;
    private static final long EARLIER = new Ballot(1, 0, 0).packed();

    private record Sent(int from, int to, Message message) {}

    private final Map<Integer, SlotMachine> machines = new TreeMap<>();
    private final ArrayDeque<Sent> network = new ArrayDeque<>();
    private final Map<LeaderEvent, Integer> events = new EnumMap<>(LeaderEvent.class);
    private final List<Message> sent = new ArrayList<>();
    private final Set<Class<? extends Message>> lost = new HashSet<>();
    private long nowMillis;

    RepairBench() {
        SlotConfiguration configuration =
                new SlotConfiguration(1, MemberSet.of(LEADER, FOLLOWER, OTHER), MemberSet.EMPTY, MemberSet.of(SILENT));
        for (int member : configuration.voters().toArray()) {
            machines.put(member, machine(member, configuration));
        }
        run(500);
        if (machine(LEADER).leadership() == null) {
            throw new IllegalStateException("the first replica does not lead");
        }
    }

    private SlotMachine machine(int self, SlotConfiguration configuration) {
        SlotState state =
                new SlotState(0, 1, configuration, cache -> new HeapEntryStore<>(), 5_500, new FingerprintKey(1, 2));
        LeaderObserver observer = new LeaderObserver() {
            @Override
            public void changed(
                    RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {}

            @Override
            public void happened(LeaderEvent event) {
                events.merge(event, 1, Integer::sum);
            }
        };
        HintLedger hints = new HintLedger(new HintLimits(true, 3_600_000, 200, 1_000, 1_000, 1 << 20));
        return new SlotMachine(
                state,
                new SlotMachine.Node(
                        self,
                        (to, message) -> network.add(new Sent(self, to, message)),
                        Object::equals,
                        observer,
                        new HoldLimits(1_500, 1_000, 3_000),
                        hints,
                        new Moves(MoveLimits.NONE),
                        500,
                        1,
                        bound -> 0,
                        member -> true,
                        new LeaderlessSlot.Node(
                                self,
                                (to, message) -> network.add(new Sent(self, to, message)),
                                Object::equals,
                                event -> {},
                                new LeaderlessLimits(500, 100, 5_500),
                                hints,
                                new Moves(MoveLimits.NONE),
                                cache -> new HeapEntryStore<>(),
                                new FingerprintKey(1, 2),
                                () -> 1)));
    }

    SlotMachine machine(int member) {
        return Objects.requireNonNull(machines.get(member), "member");
    }

    SlotState state(int member) {
        return machine(member).state();
    }

    /** Lets so much time pass. */
    void run(long millis) {
        for (long end = nowMillis + millis; nowMillis < end; nowMillis += 10) {
            machines.values().forEach(machine -> machine.tick(nowMillis, nowMillis));
            deliver();
        }
    }

    /** Messages of a kind get lost from now on. */
    void lose(Class<? extends Message> kind) {
        lost.add(kind);
    }

    /** Messages of a kind arrive again. */
    void letThrough(Class<? extends Message> kind) {
        lost.remove(kind);
    }

    private void deliver() {
        for (Sent one = network.poll(); one != null; one = network.poll()) {
            sent.add(one.message());
            if (lost.contains(one.message().getClass())) {
                continue;
            }
            SlotMachine receiver = machines.get(one.to());
            if (receiver != null) {
                receiver.receive(one.from(), one.message(), nowMillis, nowMillis);
            }
        }
    }

    long nowMillis() {
        return nowMillis;
    }

    /** The leader compares both followers' copies with its own. */
    void compare() {
        Leadership leadership = Objects.requireNonNull(machine(LEADER).leadership(), "leadership");
        leadership.repairs().compare(FOLLOWER, nowMillis);
        leadership.repairs().compare(OTHER, nowMillis);
        run(1_000);
    }

    /** These are thought to be unreachable by the others from now on. */
    void suspect(int... members) {
        BitSet suspected = new BitSet();
        for (int member : members) {
            suspected.set(member);
        }
        machines.forEach((self, machine) -> {
            if (!suspected.get(self)) {
                machine.suspect(suspected, nowMillis);
            }
        });
    }

    /** A reader saw a replica stale. */
    void seenStale(int member, RecordKey name) {
        network.add(new Sent(OTHER, LEADER, new StaleSeen(0, member, List.of(name))));
        run(1_000);
    }

    static RecordKey name(int number) {
        return new RecordKey(CACHE, KeyBytes.of(CACHE, new byte[] {(byte) (number >> 8), (byte) number}));
    }

    /** A value under a version of an earlier leader. */
    static StoredRecord value(String value, long sequence) {
        return StoredRecord.value(value, EARLIER, sequence, StoredRecord.NEVER);
    }

    /** A tombstone under a version of an earlier leader. */
    static StoredRecord tombstone(long sequence) {
        return StoredRecord.tombstone(EARLIER, sequence);
    }

    /** All replicas hold this, as if it had been written before the leader came. */
    void write(RecordKey name, StoredRecord record) {
        for (SlotMachine machine : machines.values()) {
            SlotState state = machine.state();
            state.apply(state.promise().ballot(), new RecordEntry(name, record, Lineage.EMPTY, null));
        }
    }

    /** One replica holds this instead of what it held; null for nothing. */
    void plant(int member, RecordKey name, @Nullable StoredRecord record) {
        if (record == null) {
            CopyTampering.lose(state(member), name);
        } else {
            CopyTampering.plant(state(member), name, record);
        }
    }

    /** What was deleted up to there left no trace at any replica. */
    void raiseFloors(long sequence) {
        machines.values().forEach(machine -> machine.state().raiseFloor(new Version(EARLIER, sequence)));
    }

    @Nullable
    StoredRecord held(int member, RecordKey name) {
        return state(member).replica(name.cache()).held(name.key());
    }

    /** The value that a replica holds, null if it holds none. */
    @Nullable
    Object valueAt(int member, RecordKey name) {
        StoredRecord held = state(member).replica(name.cache()).get(name.key());
        return held == null ? null : held.value();
    }

    boolean isEqual() {
        return state(LEADER).contents().root().equals(state(FOLLOWER).contents().root())
                && state(LEADER)
                        .contents()
                        .root()
                        .equals(state(OTHER).contents().root());
    }

    int count(LeaderEvent event) {
        return events.getOrDefault(event, 0);
    }

    /** How many messages of a kind were sent since the last call for any kind. */
    <M extends Message> List<M> takeSent(Class<M> kind) {
        List<M> taken = sent.stream().filter(kind::isInstance).map(kind::cast).toList();
        sent.clear();
        return taken;
    }
}
