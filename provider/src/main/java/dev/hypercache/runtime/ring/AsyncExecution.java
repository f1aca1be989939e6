package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.OutcomeReceiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Operations that no thread waits for: each batch is sent when the one before is done, and an operation whose comparison failed
 * by bytes goes on as {@link Comparison} says.
 *
 * <p>For one call; its steps run one after the other, each on the thread that learnt what came of the step before.
 */
final class AsyncExecution {

    private final CacheSpec spec;
    private final NodeParts node;
    private final boolean ordered;
    private final RingCalls calls;
    private final CallOptions options;
    private final OutcomeReceiver receiver;
    private final List<Outcome> performed = new ArrayList<>();
    private int comparisons;

    AsyncExecution(
            CacheSpec spec,
            NodeParts node,
            boolean ordered,
            RingCalls calls,
            CallOptions options,
            OutcomeReceiver receiver) {
        this.spec = spec;
        this.node = node;
        this.ordered = ordered;
        this.calls = calls;
        this.options = options;
        this.receiver = receiver;
    }

    /** Performs operations on different keys. */
    void begin(List<EntryOp> ops) {
        if (ops.size() != 1) {
            batch(ops, 0);
            return;
        }
        Outcome here = calls.readHere(ops.get(0));
        if (here != null) {
            receiver.performed(List.of(here));
        } else {
            decide(ops.get(0));
        }
    }

    private void batch(List<EntryOp> ops, int from) {
        if (from >= ops.size()) {
            receiver.performed(performed);
            return;
        }
        int to = Math.min(ops.size(), from + BatchCalls.BATCH_MAX);
        send(ops.subList(from, to), outcomes -> {
            performed.addAll(outcomes);
            batch(ops, to);
        });
    }

    /** Performs an operation; where its comparison failed by bytes, the cache's equality decides. */
    private void decide(EntryOp op) {
        send(List.of(op), outcomes -> {
            EntryOp equal = Comparison.ofValues(op, outcomes.get(0), spec.equality());
            if (equal == null) {
                receiver.performed(outcomes);
            } else {
                applyEqual(op, equal);
            }
        });
    }

    private void applyEqual(EntryOp op, EntryOp equal) {
        send(List.of(equal), outcomes -> {
            if (outcomes.get(0).status() != Outcome.Status.CONFLICT) {
                receiver.performed(outcomes);
            } else if (++comparisons < Comparison.TRIES_MAX) {
                decide(op);
            } else {
                receiver.failed(Comparison.inVain(spec.name()));
            }
        });
    }

    private void send(List<EntryOp> ops, Consumer<List<Outcome>> next) {
        try {
            ChangeNotes notes = new ChangeNotes(spec, node, ordered);
            calls.begin(ops, options, notes, (outcomes, failure) -> ended(outcomes, failure, next));
        } catch (CacheException e) {
            receiver.failed(e); // Nothing of this was sent.
        }
    }

    private void ended(@Nullable Outcome[] outcomes, @Nullable CacheException failure, Consumer<List<Outcome>> next) {
        if (failure != null) {
            receiver.failed(failure);
            return;
        }
        try {
            next.accept(all(outcomes));
        } catch (RuntimeException | Error e) {
            receiver.failed(e); // The cache's equality is user code.
        }
    }

    /** The outcomes of a call of which none failed. */
    static List<Outcome> all(@Nullable Outcome[] outcomes) {
        List<Outcome> all = new ArrayList<>(outcomes.length);
        for (Outcome outcome : outcomes) {
            all.add(Objects.requireNonNull(outcome, "outcome"));
        }
        return all;
    }
}
