package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.coordinate.Coordinator;
import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.HoldGrant;
import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.ring.KeyHash;
import dev.hypercache.runtime.call.IndeterminateResultException;
import dev.hypercache.runtime.call.RequestFailedException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** Calls that wait: what came of a request is returned, what stood in its way is thrown, with a remedy. */
final class RingCalls {

    /** How long after its deadline a request that the slot has not ended is waited for. */
    private static final long GRACE_MILLIS = 2_000;

    private final String cacheName;
    private final int cache;
    private final NodeParts node;
    private final SlotAccess access;

    RingCalls(String cacheName, int cache, NodeParts node, SlotAccess access) {
        this.cacheName = cacheName;
        this.cache = cache;
        this.node = node;
        this.access = access;
    }

    /**
     * Performs an operation on one key.
     *
     * @throws RequestFailedException if it was certainly not applied
     * @throws IndeterminateResultException if nobody knows whether it was or will be applied
     */
    Outcome execute(EntryOp op, CallOptions options, ChangeNotes notes) {
        requireSize(op);
        SlotCell cell = node.cells().of((KeyHash) op.key());
        Outcome here = access.readHere(cell, op);
        if (here != null) {
            return here;
        }
        pace(options);
        PendingCall call = node.admission().run(1, options.mutates(), pending -> {
            Completion completion = pending.about(op.key(), notes);
            List<SlotAccess.Requested> one = List.of(new SlotAccess.Requested(cell, op, options, completion));
            node.links().together(() -> access.executeAll(one)); // Written outside of the slot's lock.
            await(pending, options);
        });
        Outcome outcome = call.outcome();
        if (outcome == null) {
            throw failure(nameOf(op), call);
        }
        return outcome;
    }

    /**
     * Operations on different keys that are handed over at once.
     *
     * @param options how they are performed
     * @param grants on which holds they rely; null where on none
     */
    record Batch(List<EntryOp> ops, CallOptions options, List<@Nullable HoldGrant> grants) {

        /** Operations that rely on no holds. */
        static Batch of(List<EntryOp> ops, CallOptions options) {
            return new Batch(ops, options, List.of());
        }

        /** Those from a place on up to another one. */
        Batch part(int from, int to) {
            return new Batch(ops.subList(from, to), options, grants.isEmpty() ? grants : grants.subList(from, to));
        }

        private CallOptions options(int place) {
            HoldGrant grant = grants.isEmpty() ? null : grants.get(place);
            return grant == null ? options : options.under(grant);
        }
    }

    /**
     * Performs operations on different keys at once; to each node they leave as one frame.
     *
     * @param outcomes takes what came of each, null where nothing is known
     * @return what to throw once the outcomes are dealt with; null if all were performed
     */
    @Nullable
    CacheException executeAll(Batch batch, ChangeNotes notes, @Nullable Outcome[] outcomes) {
        batch.ops().forEach(this::requireSize);
        pace(batch.options());
        PendingCall call = node.admission().run(outcomes.length, batch.options().mutates(), pending -> {
            send(batch, notes, outcomes, pending);
            await(pending, batch.options());
        });
        return failureOf(batch.ops(), call);
    }

    private void send(Batch batch, ChangeNotes notes, @Nullable Outcome[] outcomes, PendingCall pending) {
        List<SlotAccess.Requested> requests = new ArrayList<>(outcomes.length);
        for (int i = 0; i < outcomes.length; i++) {
            EntryOp op = batch.ops().get(i);
            SlotCell cell = node.cells().of((KeyHash) op.key());
            Completion completion = pending.at(i, outcomes, op.key(), notes);
            requests.add(new SlotAccess.Requested(cell, op, batch.options(i), completion));
        }
        node.links().together(() -> access.executeAll(requests));
    }

    private @Nullable CacheException failureOf(List<EntryOp> ops, PendingCall call) {
        int missing = call.failures() + call.unknown();
        if (missing == 0) {
            return null;
        }
        return failure(ops.size() == 1 ? nameOf(ops.get(0)) : missing + " of " + ops.size() + " operations", call);
    }

    /** Goes on with what came of a call that no thread waits for. */
    interface Ended {
        /**
         * @param outcomes what came of each operation, null where nothing is known
         * @param failure what stood in the way; null if all were performed
         */
        void ended(@Nullable Outcome[] outcomes, @Nullable CacheException failure);
    }

    /**
     * Performs operations on different keys as {@link #executeAll} does; who goes on does so on a thread of the node.
     *
     * @throws RequestFailedException if nothing was sent, and nobody goes on
     */
    void begin(List<EntryOp> ops, CallOptions options, ChangeNotes notes, Ended ended) {
        ops.forEach(this::requireSize);
        pace(options);
        @Nullable Outcome[] outcomes = new @Nullable Outcome[ops.size()];
        PendingCall call = new PendingCall(
                ops.size(),
                options.mutates(),
                node.clock().steadyMillis() + options.timeoutMillis() + GRACE_MILLIS,
                done -> node.admission().endThen(done, () -> {
                    notes.claim();
                    ended.ended(outcomes, failureOf(ops, done));
                }));
        node.admission().begin(call);
        try {
            send(Batch.of(ops, options), notes, outcomes, call);
        } catch (RuntimeException e) {
            call.abandon("the node failed: " + e.getMessage()); // What was sent before that may be performed.
        }
    }

    /** What this node's copy alone says of a key; null if others are to be asked. */
    @Nullable
    Outcome readHere(EntryOp op) {
        return access.readHere(node.cells().of((KeyHash) op.key()), op);
    }

    private void pace(CallOptions options) {
        if (options.mutates()) {
            node.links().pace().await();
        }
    }

    private static String nameOf(EntryOp op) {
        EntryOp bare = op instanceof AtVersion conditional ? conditional.op() : op;
        return bare.getClass().getSimpleName();
    }

    /**
     * Asks for keys of a cache in several slots at once.
     *
     * @param wanted the slots, and from which hash on
     * @param breaksHolds whether the holds of the cache are broken in them
     * @return a page of each
     * @throws RequestFailedException if a slot cannot answer
     */
    @Nullable
    EntryPage[] pages(List<PageCursor.Wanted> wanted, boolean breaksHolds) {
        CallOptions options = CallOptions.read(node.timeoutMillis());
        @Nullable EntryPage[] pages = new @Nullable EntryPage[wanted.size()];
        PendingCall call = node.admission().run(wanted.size(), false, pending -> {
            node.links().together(() -> {
                for (int i = 0; i < pages.length; i++) {
                    PageCursor.Wanted one = wanted.get(i);
                    Coordinator.PageQuestion question = new Coordinator.PageQuestion(cache, one.from(), breaksHolds);
                    Completion page = pending.at(i, pages);
                    access.page(node.cells().cell(one.slot()), question, options, page);
                }
            });
            await(pending, options);
        });
        if (call.failures() > 0) {
            throw failure("Iteration", call);
        }
        return pages;
    }

    /** Clears a cache, in all slots at once. */
    void clear(CallOptions options) {
        int slots = node.cells().size();
        PendingCall call = node.admission().run(slots, true, pending -> {
            node.links().together(() -> {
                for (int slot = 0; slot < slots; slot++) {
                    access.clear(node.cells().cell(slot), options, pending);
                }
            });
            await(pending, options);
        });
        int missing = call.failures() + call.unknown();
        if (call.failures() == slots) {
            throw failure("Clear", call);
        }
        if (missing > 0) {
            node.metrics().requestIndeterminate();
            throw new IndeterminateResultException(
                    "cache '" + cacheName + "' was cleared in " + (slots - missing) + " of " + slots + " slots: "
                            + call.trouble() + ". Clear it again",
                    "",
                    call.failures() + " slots were certainly not cleared");
        }
    }

    private void await(PendingCall pending, CallOptions options) {
        if (!node.callerWait().await(pending, options.timeoutMillis() + GRACE_MILLIS, pending::isDone)) {
            pending.abandon("the node did not come round to the request");
        }
    }

    private CacheException failure(String what, PendingCall call) {
        if (call.unknown() == 0) {
            node.metrics().requestFailed();
            return new RequestFailedException(
                    "REQUEST_FAILED",
                    what + " on cache '" + cacheName + "' failed and was not applied: " + call.trouble()
                            + ". Try again, or raise hypercache.request.timeout (" + node.timeoutMillis() + " ms)");
        }
        node.metrics().requestIndeterminate();
        String token = text(call.token());
        return new IndeterminateResultException(
                what + " on cache '" + cacheName + "' (" + token + ") may or may not have been applied: "
                        + call.trouble() + ". It takes effect at most once; read the entry before deciding what to do",
                token,
                call.trouble());
    }

    private static String text(@Nullable OpToken token) {
        return token == null
                ? ""
                : Long.toHexString(token.client()) + "/" + token.sequence() + "@" + token.issuedAtMillis();
    }

    /** A record must fit into a frame together with the outcomes of the mutations that led to it. */
    private void requireSize(EntryOp op) {
        if (op.value() instanceof ValueBytes value && value.length() > node.valueBytesMax()) {
            throw new RequestFailedException(
                    "REQUEST_FAILED",
                    "a value of " + value.length() + " bytes for cache '" + cacheName
                            + "': a value on a ring has at most " + node.valueBytesMax()
                            + " bytes. Store it in parts, or elsewhere and its address here");
        }
    }
}
