package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.Hold;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Operations on many keys whose caller waits: so many at once as one batch takes, and one batch after the other. */
final class BatchCalls {

    /** How many operations are under way at once of those that are handed over together. */
    static final int BATCH_MAX = 4_096;

    private final CacheSpec spec;
    private final NodeParts node;
    private final RingCalls calls;
    private final boolean ordered;

    /** @param ordered whether a leader orders the changes of the cache */
    BatchCalls(CacheSpec spec, NodeParts node, RingCalls calls, boolean ordered) {
        this.spec = spec;
        this.node = node;
        this.calls = calls;
        this.ordered = ordered;
    }

    /** Performs operations that rely on no holds. */
    List<Outcome> executeAll(List<EntryOp> ops, CallOptions options) {
        return execute(RingCalls.Batch.of(ops, options));
    }

    /** Performs operations each as the holder of its key; what relies on a hold that is lost already is not sent. */
    List<Outcome> executeAll(List<EntryOp> ops, List<Hold> holds, CallOptions options) {
        List<EntryOp> sent = new ArrayList<>(ops.size());
        List<@Nullable HoldGrant> grants = new ArrayList<>(ops.size());
        BitSet lost = new BitSet();
        for (int i = 0; i < ops.size(); i++) {
            MemberHold hold = holds.get(i) instanceof MemberHold own && own.isGranted() ? own : null;
            if (hold == null || hold.isIntact()) {
                sent.add(ops.get(i));
                grants.add(hold == null ? null : hold.grant());
            } else {
                lost.set(i);
            }
        }
        CallOptions others = node.held().isHolding() ? options.pastHolders() : options;
        Iterator<Outcome> performed =
                execute(new RingCalls.Batch(sent, others, grants)).iterator();
        List<Outcome> outcomes = new ArrayList<>(ops.size());
        for (int i = 0; i < ops.size(); i++) {
            outcomes.add(lost.get(i) ? Outcome.holdLost() : performed.next());
        }
        return outcomes;
    }

    private List<Outcome> execute(RingCalls.Batch batch) {
        int size = batch.ops().size();
        List<Outcome> outcomes = new ArrayList<>(size);
        for (int from = 0; from < size; from += BATCH_MAX) {
            outcomes.addAll(executeOne(batch.part(from, Math.min(size, from + BATCH_MAX))));
        }
        return outcomes;
    }

    private List<Outcome> executeOne(RingCalls.Batch batch) {
        @Nullable Outcome[] outcomes = new @Nullable Outcome[batch.ops().size()];
        ChangeNotes notes = new ChangeNotes(spec, node, ordered);
        CacheException failure;
        try {
            failure = calls.executeAll(batch, notes, outcomes);
        } finally {
            notes.claim();
        }
        if (failure != null) {
            throw failure;
        }
        return AsyncExecution.all(outcomes);
    }
}
