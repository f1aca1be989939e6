package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.coordinate.Coordinator;
import dev.hypercache.core.coordinate.ReadCompletion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.runtime.call.ConsistencyLevel;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a cache whose writes nobody orders. Reads go to as many replicas as their level says; where a read moves the end of
 * an entry's life, a replica is told so afterwards and nobody waits for it.
 */
final class LeaderlessAccess implements SlotAccess {

    private static final Completion NOBODY = new Completion() {
        @Override
        public void performed(Outcome outcome) {}

        @Override
        public void failed(String reason) {}

        @Override
        public void indeterminate(@Nullable OpToken token, String reason) {}
    };

    private final int cache;
    private final ConsistencyLevel read;
    private final NodeClock clock;

    LeaderlessAccess(int cache, ConsistencyLevel read, NodeClock clock) {
        this.cache = cache;
        this.read = read;
        this.clock = clock;
    }

    @Override
    public void execute(SlotCell cell, EntryOp op, CallOptions options, Completion completion) {
        if (op instanceof Get get) {
            cell.request(completion, (coordinator, now) -> read(coordinator, cell.slot(), get, options, completion));
        } else {
            cell.request(
                    completion,
                    (coordinator, now) -> coordinator.perform(cell.slot(), cache, op, options, completion, now));
        }
    }

    private void read(Coordinator coordinator, int slot, Get get, CallOptions options, Completion completion) {
        RecordKey name = new RecordKey(cache, get.key());
        long now = clock.steadyMillis();
        Completion touching =
                get.expiry().dependsOnAccess() ? touching(coordinator, slot, get, completion) : completion;
        ReadCompletion answer = new CopyRead(get, clock, touching, () -> {}, () -> completion.failed(troubleOf(read)));
        if (read == ConsistencyLevel.ONE) {
            coordinator.readLeaderlessOne(slot, name, options.timeoutMillis(), answer, now);
        } else {
            boolean all = read == ConsistencyLevel.ALL;
            coordinator.readLeaderless(slot, name, all, options.timeoutMillis(), answer, now);
        }
    }

    private static String troubleOf(ConsistencyLevel level) {
        switch (level) {
            case ONE:
                return "no replica answered";
            case ALL:
                return "not every replica answered; a read at ONE or QUORUM may do";
            default:
                return "no majority of the replicas answered; a read at ONE may do";
        }
    }

    /** Tells a replica of the read once it is answered. */
    private Completion touching(Coordinator coordinator, int slot, Get get, Completion completion) {
        return new Completion() {
            @Override
            public void performed(Outcome outcome) {
                StoredRecord found = outcome.before();
                completion.performed(outcome);
                if (found != null) {
                    Touch touch = new Touch(get.key(), found.version(), get.expiry());
                    CallOptions once = CallOptions.read(RingTimer.TICK_MILLIS * 100);
                    coordinator.perform(slot, cache, touch, once, NOBODY, clock.steadyMillis());
                }
            }

            @Override
            public void failed(String reason) {
                completion.failed(reason);
            }

            @Override
            public void indeterminate(@Nullable OpToken token, String reason) {
                completion.indeterminate(token, reason);
            }
        };
    }

    @Override
    public void clear(SlotCell cell, CallOptions options, Completion completion) {
        cell.request(
                completion,
                (coordinator, now) -> coordinator.performClear(cell.slot(), cache, options, completion, now));
    }

    @Override
    public void page(SlotCell cell, Coordinator.PageQuestion question, CallOptions options, Completion completion) {
        cell.request(
                completion,
                (coordinator, now) -> coordinator.pageLeaderless(cell.slot(), question, options, completion, now));
    }

    @Override
    public @Nullable SlotReplica recordsIn(SlotMachine copy) {
        return copy.leaderless().recordsOf(cache);
    }

    @Override
    public long timeMillis(SlotMachine copy) {
        return copy.leaderless().timeMillis();
    }
}
