package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.KeyCursor;
import dev.hypercache.runtime.call.Levels;
import dev.hypercache.runtime.call.OutcomeReceiver;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cache of a ring as the callers of one member see it: they wait here until their operation is chosen or out of time.
 *
 * <p>Keys are {@link KeyBytes} of the cache and values {@code ValueBytes}. User code runs on the calling thread alone, under
 * no lock: the cache's equality, which has the last word where bytes differ, and whoever observes the changes.
 */
final class MemberClient implements RingClient {

    /** How long is waited until the members of the ring know of a registration, or have told a client of others. */
    private static final long LISTEN_MILLIS_MAX = 1_000;

    private final CacheSpec spec;
    private final NodeParts node;
    private final SlotAccess access;
    private final RingCalls calls;
    private final BatchCalls batches;
    private final HoldDoor holds;
    private final Levels levels;
    private final AtomicityWarning warning;

    MemberClient(CacheSpec spec, NodeParts node, Levels levels) {
        this(spec, node, levels, new AtomicityWarning(spec.name(), node.log()));
    }

    private MemberClient(CacheSpec spec, NodeParts node, Levels levels, AtomicityWarning warning) {
        this.warning = warning;
        this.spec = spec;
        this.levels = levels;
        this.node = node;
        this.access = levels.ordered()
                ? new OrderedAccess(spec.id(), levels.read(), node)
                : new LeaderlessAccess(spec.id(), levels.read(), node.clock());
        this.calls = new RingCalls(spec.name(), spec.id(), node, access);
        this.batches = new BatchCalls(spec, node, calls, levels.ordered());
        this.holds = new HoldDoor(spec.name(), node);
    }

    @Override
    public @Nullable StoredRecord read(Object key) {
        return send(new Get(key, ExpiryRule.NEVER), null).before();
    }

    @Override
    public Outcome execute(EntryOp op) {
        RecordKey name = nameOf(op.key());
        MemberHold own = op.kind() == EntryOp.Kind.READ
                ? null
                : node.held().find(hold -> hold.name().equals(name));
        Outcome outcome = decide(op, own);
        return own != null && outcome.status() == Outcome.Status.HOLD_LOST ? decide(op, null) : outcome;
    }

    @Override
    public RingClient at(Levels others) {
        return new MemberClient(spec, node, others, warning);
    }

    @Override
    public RingClient at(ConsistencyLevel level) {
        return at(levels.with(level));
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    /** A thread that holds keys goes key by key, for its own holds matter to each. */
    @Override
    public List<Outcome> executeAll(List<EntryOp> ops) {
        if (node.held().isHolding() && mutates(ops)) {
            return RingClient.super.executeAll(ops);
        }
        return batches.executeAll(ops, options(mutates(ops)));
    }

    @Override
    public List<Outcome> executeAll(List<EntryOp> ops, List<Hold> holds) {
        return levels.ordered() ? batches.executeAll(ops, holds, options(mutates(ops))) : executeAll(ops);
    }

    private static boolean mutates(List<EntryOp> ops) {
        return ops.stream().anyMatch(op -> op.kind() != EntryOp.Kind.READ);
    }

    @Override
    public void executeAsync(List<EntryOp> ops, OutcomeReceiver receiver) {
        CallOptions options;
        try {
            options = options(mutates(ops));
        } catch (IllegalArgumentException e) {
            receiver.failed(e);
            return;
        }
        if (options.mutates() && node.held().isHolding()) {
            options = options.pastHolders();
        }
        if (!levels.ordered()) {
            ops.forEach(warning::performs);
        }
        new AsyncExecution(spec, node, levels.ordered(), calls, options, receiver).begin(ops);
    }

    private CallOptions options(boolean mutates) {
        if (!mutates) {
            return CallOptions.read(node.timeoutMillis());
        }
        return new CallOptions(true, writesToAll(), node.timeoutMillis(), null, true);
    }

    private boolean writesToAll() {
        ConsistencyLevel write = levels.write();
        if (write == null) {
            throw new IllegalArgumentException("cache '" + spec.name() + "' cannot be changed at level " + levels.read()
                    + ", which its level of writes does not allow; use withConsistency for reads, or with "
                    + (levels.ordered() ? "QUORUM or ALL" : "ONE"));
        }
        return write == ConsistencyLevel.ALL;
    }

    @Override
    public Outcome execute(EntryOp op, Hold hold) {
        if (!(hold instanceof MemberHold own) || !own.isGranted()) {
            return execute(op);
        }
        return own.isIntact() ? decide(op, own) : Outcome.holdLost();
    }

    @Override
    public Outcome executeAndRelease(EntryOp op, Hold hold) {
        Outcome outcome = execute(op, hold);
        if (outcome.applied()) {
            hold.close();
        }
        return outcome;
    }

    /** Performs an operation; where its comparison failed by bytes, the cache's equality decides. */
    private Outcome decide(EntryOp op, @Nullable MemberHold hold) {
        for (int comparison = 0; comparison < Comparison.TRIES_MAX; comparison++) {
            Outcome outcome = send(op, hold);
            EntryOp equal = Comparison.ofValues(op, outcome, spec.equality());
            Outcome decided = equal == null ? outcome : send(equal, hold);
            boolean hasChanged = equal != null && decided.status() == Outcome.Status.CONFLICT;
            if (!hasChanged || op instanceof AtVersion) {
                return decided;
            }
        }
        throw Comparison.inVain(spec.name());
    }

    private Outcome send(EntryOp op, @Nullable MemberHold hold) {
        if (!levels.ordered()) {
            warning.performs(op);
        }
        CallOptions options = options(op.kind() != EntryOp.Kind.READ);
        HoldGrant grant = hold == null ? null : hold.grant();
        if (grant != null) {
            options = options.under(grant);
        } else if (options.mutates() && node.held().isHolding()) {
            options = options.pastHolders(); // Two threads that wait for each other's keys would wait for ever.
        }
        ChangeNotes notes = new ChangeNotes(spec, node, levels.ordered());
        try {
            return calls.execute(op, options, notes);
        } finally {
            notes.claim();
        }
    }

    private RecordKey nameOf(Object key) {
        return new RecordKey(spec.id(), key);
    }

    @Override
    public Hold hold(Object key, HoldKind kind, long timeoutMillis) {
        if (!levels.ordered()) {
            return FreeHold.INSTANCE;
        }
        boolean breaksLoad = kind == HoldKind.EXCLUSIVE && timeoutMillis != NO_TIMEOUT;
        return holds.get(new HoldSession.Wish(nameOf(key), kind, !node.held().isHolding(), breaksLoad), timeoutMillis);
    }

    @Override
    public Hold tryHold(Object key, HoldKind kind) {
        if (!levels.ordered()) {
            return FreeHold.INSTANCE;
        }
        return holds.get(new HoldSession.Wish(nameOf(key), kind, false, false), node.timeoutMillis());
    }

    @Override
    public List<Hold> tryHoldAll(List<Object> keys, HoldKind kind) {
        return levels.ordered()
                ? holds.tryAll(keys.stream().map(this::nameOf).toList(), kind)
                : RingClient.super.tryHoldAll(keys, kind);
    }

    @Override
    public void together(Runnable work) {
        node.links().together(work);
    }

    @Override
    public boolean isListenedToElsewhere() {
        return node.news().interests().isListenedTo(spec.id(), node.watch().suspected(), node.clock(), listenMillis());
    }

    @Override
    public void clear() {
        calls.clear(options(true));
    }

    /** At level ONE this node's own copies do, if it has one of every slot; otherwise others are asked. */
    @Override
    public KeyCursor scan() {
        boolean hasAll = node.cells().held() == node.cells().size();
        boolean isAtOne = !levels.ordered() || levels.read() == ConsistencyLevel.ONE;
        return isAtOne && hasAll
                ? new CopyCursor(access, node.cells())
                : new PageCursor(node.cells().size(), calls, false);
    }

    @Override
    public KeyCursor scanAndBreakHolds() {
        return levels.ordered() ? new PageCursor(node.cells().size(), calls, true) : scan();
    }

    /** Counts this node's copies; where it has none it takes the slots to be as full as its own. */
    @Override
    public long entries() {
        return CopyCount.estimate(node.cells(), access);
    }

    @Override
    public RingStatistics statistics() {
        return new MemberStatistics(spec.id(), node.counting(), node.clock());
    }

    @Override
    public long nowMillis() {
        return node.clock().wallMillis();
    }

    @Override
    public long requestTimeoutMillis() {
        return node.timeoutMillis();
    }

    @Override
    public void listenersChanged() {
        long unused = node.news().interests().announce(node.watch().suspected(), node.clock(), listenMillis());
    }

    private long listenMillis() {
        return Math.min(LISTEN_MILLIS_MAX, node.timeoutMillis());
    }

    @Override
    public void destroy() {
        clear();
        node.definitions().drop(spec.id());
    }

    @Override
    public void close() {
        node.news().interests().close(spec.id(), spec.observer());
        node.bounds().close(spec.id());
    }
}
