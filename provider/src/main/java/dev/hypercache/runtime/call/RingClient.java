package dev.hypercache.runtime.call;

import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cache as its callers see it, wherever its slots are led. Safe for use by any number of threads.
 */
public interface RingClient {

    /** Waits for a hold for as long as it takes; each single holder is bounded by {@code hypercache.hold.max}. */
    long NO_TIMEOUT = Long.MAX_VALUE;

    /** The live record of a key, null if there is none. Does not move its end of life. */
    @Nullable
    StoredRecord read(Object key);

    /** The live records of keys, as {@link #read}; null where there is none. */
    default List<@Nullable StoredRecord> readAll(List<Object> keys) {
        List<@Nullable StoredRecord> records = new ArrayList<>(keys.size());
        if (isRemote()) {
            List<EntryOp> gets = new ArrayList<>(keys.size());
            keys.forEach(key -> gets.add(new Get(key, ExpiryRule.NEVER)));
            executeAll(gets).forEach(outcome -> records.add(outcome.before()));
        } else {
            keys.forEach(key -> records.add(read(key)));
        }
        return records;
    }

    /**
     * Performs an operation. A mutation of a key that a processor or a writer holds waits for it, up to the request
     * timeout.
     *
     * @throws RequestTimeoutException if the wait was too long; the operation was not applied
     */
    Outcome execute(EntryOp op);

    /**
     * Whether operations on several keys are better handed over together, because they cross a network: {@link
     * #executeAll}.
     */
    default boolean isRemote() {
        return false;
    }

    /**
     * Performs operations on different keys, each by itself, in any order. If some fail, the others are performed all the
     * same.
     *
     * @return what came of them, in their order
     * @throws RequestFailedException if some were certainly not applied
     * @throws IndeterminateResultException if nobody knows whether some were applied
     */
    default List<Outcome> executeAll(List<EntryOp> ops) {
        List<Outcome> outcomes = new ArrayList<>(ops.size());
        for (EntryOp op : ops) {
            outcomes.add(execute(op));
        }
        return outcomes;
    }

    /**
     * Performs operations on different keys as {@link #executeAll} does, and no thread waits for other nodes meanwhile. The
     * receiver is told on a thread of the node, or on this one before this returns, and the changes are claimed on the same
     * thread. Where performing one would mean to wait on this node itself, its outcome is {@code HELD} and nothing has happened.
     */
    default void executeAsync(List<EntryOp> ops, OutcomeReceiver receiver) {
        List<Outcome> outcomes = new ArrayList<>(ops.size());
        try {
            for (EntryOp op : ops) {
                outcomes.add(tryExecute(op));
            }
        } catch (RuntimeException e) {
            receiver.failed(e);
            return;
        }
        receiver.performed(outcomes);
    }

    /** As {@link #execute}, but where an embedded node would wait for a holder, the outcome is {@code HELD} instead. */
    default Outcome tryExecute(EntryOp op) {
        return execute(op);
    }

    /** Performs an operation as the holder of its key; the outcome says so if the hold was lost meanwhile. */
    Outcome execute(EntryOp op, Hold hold);

    /**
     * Performs an operation as the holder of its key and ends the hold with it; the hold stays if the entry was not as the
     * operation expected.
     */
    Outcome executeAndRelease(EntryOp op, Hold hold);

    /**
     * Waits for a hold on a key. An exclusive one that may not wait for ever is a mutation's, and breaks a load. A thread that holds a key already never waits for another: it gets a hold that is not
     * granted if the key is taken.
     *
     * @param timeoutMillis the longest wait, or {@link #NO_TIMEOUT}
     * @throws RequestTimeoutException if the wait was too long or too many wait already
     */
    Hold hold(Object key, HoldKind kind, long timeoutMillis);

    /** A hold on a key if it is free now; otherwise a hold that is not granted. */
    Hold tryHold(Object key, HoldKind kind);

    /** Holds on those of the keys that are free now, in the order of the keys. */
    default List<Hold> tryHoldAll(List<Object> keys, HoldKind kind) {
        List<Hold> holds = new ArrayList<>(keys.size());
        for (Object key : keys) {
            holds.add(tryHold(key, kind));
        }
        return holds;
    }

    /** Performs operations on different keys, each as the holder of its key; see {@link #executeAll(List)}. */
    default List<Outcome> executeAll(List<EntryOp> ops, List<Hold> holds) {
        List<Outcome> outcomes = new ArrayList<>(ops.size());
        for (int i = 0; i < ops.size(); i++) {
            outcomes.add(execute(ops.get(i), holds.get(i)));
        }
        return outcomes;
    }

    /** Does something; what it sends to one node and waits for no answer to may leave together. */
    default void together(Runnable work) {
        work.run();
    }

    /** Whether somebody wants to hear of the cache's changes through other callers, here or on another node, or may want to. */
    default boolean isListenedToElsewhere() {
        return false;
    }

    /** The same cache at other levels; an embedded one has but one member, so there all levels are the same. */
    default RingClient at(Levels levels) {
        return this;
    }

    /** The same cache at another level for single calls; see {@link Levels#with}. */
    default RingClient at(ConsistencyLevel level) {
        return this;
    }

    /** Removes every entry without telling anybody. */
    void clear();

    /**
     * Walks over the keys, weakly consistent: one that is in the cache all the time is met exactly once. What is met may be
     * gone by the time that it is read.
     */
    KeyCursor scan();

    /**
     * As {@link #scan}, and breaks every hold on the way: what is being loaded when the walk is at its end will not fill the
     * cache, and what is being processed will be again.
     */
    KeyCursor scanAndBreakHolds();

    /** About how many entries there are, expired ones that nobody noticed yet included. */
    long entries();

    /** What all members of the ring count of the cache; null if there are no others. */
    default @Nullable RingStatistics statistics() {
        return null;
    }

    /** Slot time in milliseconds. */
    long nowMillis();

    /** The longest time that a mutation waits for the holder of its key, in milliseconds. */
    long requestTimeoutMillis();

    /** Somebody began or ceased to listen to the cache; the nodes of the ring know that when this returns, or shortly after. */
    default void listenersChanged() {}

    /** Ends the cache for every node of the ring; an embedded node has done so when it closed the client. */
    default void destroy() {}

    /**
     * Ends this client; operations on it find nothing. An embedded node gives the memory of the cache back, on a ring the
     * entries stay.
     */
    void close();
}
