package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.coordinate.Coordinator;
import dev.hypercache.core.coordinate.ReadCompletion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.runtime.call.ConsistencyLevel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls of a cache whose writes the slots' leaders order. */
final class OrderedAccess implements SlotAccess {

    /** So long replicas are waited for that a client asks together, before it asks the leader. */
    private static final long PATIENCE_MILLIS = 100;

    private final int cache;
    private final ConsistencyLevel read;
    private final NodeClock clock;
    private final RingBounds bounds;
    private final DigestReads digests;
    private final boolean isClient;

    /**
     * @param read the level of reads; those at {@link ConsistencyLevel#QUORUM} go by digests, or else to the leader, and single ones of a
     *     client to as many voters as suffice
     */
    OrderedAccess(int cache, ConsistencyLevel read, NodeParts node) {
        this.cache = cache;
        this.read = read;
        this.clock = node.clock();
        this.bounds = node.bounds();
        this.digests = node.digests();
        this.isClient = node.links().members().isClient();
    }

    /** At level ONE this node's own copy will do, as it would be asked first. */
    @Override
    public @Nullable Outcome readHere(SlotCell cell, EntryOp op) {
        return read == ConsistencyLevel.ONE && op.kind() == EntryOp.Kind.READ
                ? cell.read(copy -> readHere(cell, copy, op))
                : null;
    }

    private Outcome readHere(SlotCell cell, SlotMachine copy, EntryOp op) {
        StoredRecord held = copy.state().replica(cache).held(op.key());
        long timeMillis = Math.max(copy.state().slotTimeMillis(), clock.wallMillis());
        if (held == null || held.isTombstone() || held.isExpiredAt(timeMillis)) {
            return op.evaluate(null, new ReadOnly(clock));
        }
        bounds.readPastLeader(cell, new RecordKey(cache, op.key()));
        return op.evaluate(held, new ReadOnly(clock));
    }

    @Override
    public void execute(SlotCell cell, EntryOp op, CallOptions options, Completion completion) {
        if (op.kind() == EntryOp.Kind.READ && read != ConsistencyLevel.QUORUM) {
            cell.request(
                    completion, (coordinator, now) -> readPastLeader(coordinator, cell, op, options, completion, now));
        } else {
            askLeader(cell, op, options, completion);
        }
    }

    private void askLeader(SlotCell cell, EntryOp op, CallOptions options, Completion completion) {
        cell.request(
                completion,
                (coordinator, now) -> coordinator.execute(cell.slot(), cache, op, options, completion, now));
    }

    /** Reads at QUORUM are gathered: for what one member is asked one message will do. */
    @Override
    public void executeAll(List<Requested> requests) {
        if (read != ConsistencyLevel.QUORUM || requests.isEmpty()) {
            SlotAccess.super.executeAll(requests);
            return;
        }
        if (isClient && requests.size() == 1 && requests.get(0).op() instanceof Get get && isFree(get)) {
            readTogether(requests.get(0));
            return;
        }
        List<DigestReads.Wanted> reads = new ArrayList<>(requests.size());
        for (Requested one : requests) {
            if (one.op() instanceof Get get && digests.suits(get)) {
                reads.add(new DigestReads.Wanted(one.cell(), get, one.completion()));
            } else {
                askLeader(one.cell(), one.op(), one.options(), one.completion());
            }
        }
        CallOptions options = requests.get(0).options(); // Reads of one call differ in nothing but their keys.
        digests.read(cache, reads, one -> askLeader(one.cell(), one.get(), options, one.completion()));
    }

    private static boolean isFree(Get get) {
        return !get.expiry().dependsOnAccess();
    }

    /** A client has no copy that others could confirm: it asks as many voters as suffice at once, and is there after one trip. */
    private void readTogether(Requested one) {
        SlotCell cell = one.cell();
        RecordKey name = new RecordKey(cache, one.op().key());
        long millis = Math.min(PATIENCE_MILLIS, one.options().timeoutMillis() / 2);
        cell.request(one.completion(), (coordinator, now) -> {
            ReadCompletion answer = new CopyRead(
                    one.op(),
                    clock,
                    one.completion(),
                    () -> bounds.readPastLeader(cell, name),
                    () -> askLeader(coordinator, one));
            coordinator.readQuorum(cell.slot(), name, millis, answer, now);
        });
    }

    private void askLeader(Coordinator coordinator, Requested one) {
        coordinator.execute(one.cell().slot(), cache, one.op(), one.options(), one.completion(), clock.steadyMillis());
    }

    /** Reads at every voter or else at the nearest complete copy; asks the leader if that does not do. */
    private void readPastLeader(
            Coordinator coordinator, SlotCell cell, EntryOp op, CallOptions options, Completion completion, long now) {
        int slot = cell.slot();
        RecordKey name = new RecordKey(cache, op.key());
        ReadCompletion answer = new CopyRead(
                op,
                clock,
                completion,
                () -> bounds.readPastLeader(cell, name),
                () -> coordinator.execute(slot, cache, op, options, completion, clock.steadyMillis()));
        if (read == ConsistencyLevel.ALL) {
            coordinator.readAll(slot, name, options.timeoutMillis() / 2, answer, now);
        } else {
            coordinator.readOne(slot, name, options.timeoutMillis() / 2, answer, now);
        }
    }

    @Override
    public void clear(SlotCell cell, CallOptions options, Completion completion) {
        cell.request(completion, (coordinator, now) -> coordinator.clear(cell.slot(), cache, options, completion, now));
    }

    @Override
    public void page(SlotCell cell, Coordinator.PageQuestion question, CallOptions options, Completion completion) {
        cell.request(
                completion, (coordinator, now) -> coordinator.page(cell.slot(), question, options, completion, now));
    }

    @Override
    public SlotReplica recordsIn(SlotMachine copy) {
        return copy.state().replica(cache);
    }

    @Override
    public long timeMillis(SlotMachine copy) {
        return clock.wallMillis();
    }
}
