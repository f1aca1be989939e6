package dev.hypercache.core.lead;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.OpContext;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.InvariantViolation;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.core.replica.ApplyResult;
import dev.hypercache.core.replica.SlotReplica;
import org.jspecify.annotations.Nullable;

/**
 * Orders all operations on the keys of one cache in one slot.
 *
 * <p>An operation is evaluated once, against the leader's own replica, and what comes of it gets the next version under
 * the leader's ballot. A record whose end of life has come is removed before anything else is decided, so an operation
 * never sees it and its expiry is told exactly once. In a ring of one the leader's replica is the majority.
 *
 * <p>Confined to its slot: whoever calls it guards it.
 */
public final class SlotLeader implements OpContext {

    private final SlotReplica replica;
    private final ValueEquality equality;
    private final SlotPort port;
    private KeyHolds holds = KeyHolds.NONE;
    private final long ballot;
    /** The slot's, where several caches share it; null in a ring of one, where each counts for itself. */
    private final @Nullable Sequence shared;

    private long last;
    private long nowMillis;

    /** A leader that shares its slot with no other cache's. */
    public SlotLeader(Ballot ballot, SlotReplica replica, ValueEquality equality, SlotPort port) {
        this(ballot.packed(), null, replica, equality, port);
    }

    SlotLeader(long ballot, @Nullable Sequence shared, SlotReplica replica, ValueEquality equality, SlotPort port) {
        this.ballot = ballot;
        this.shared = shared;
        this.replica = replica;
        this.equality = equality;
        this.port = port;
    }

    /**
     * Performs an operation.
     *
     * @param hold the caller's hold on the key, null if it has none
     * @param now slot time in milliseconds
     */
    public Outcome execute(EntryOp op, @Nullable HoldTicket hold, long now) {
        if (hold != null && hold.state != HoldTicket.State.GRANTED) {
            return Outcome.holdLost();
        }
        if (!holds.isEmpty() && op.kind() != EntryOp.Kind.READ) {
            HoldTicket holder = holds.holder(op.key());
            if (holder != null && holder != hold) {
                if (holder.kind() == HoldKind.EXCLUSIVE && op.kind() == EntryOp.Kind.MUTATION) {
                    return Outcome.held();
                }
                holds.breakLoad(op.key(), now);
            }
        }
        return perform(op, now);
    }

    /** Performs an operation whoever holds its key; a load of the key is broken as by any other mutation. */
    public Outcome executePastHolder(EntryOp op, long now) {
        if (op.kind() != EntryOp.Kind.READ) {
            holds.breakLoad(op.key(), now);
        }
        return perform(op, now);
    }

    private Outcome perform(EntryOp op, long now) {
        nowMillis = now;
        Object key = op.key();
        StoredRecord held = replica.held(key);
        StoredRecord found = held == null || held.isTombstone() ? null : held;
        if (found != null && found.isExpiredAt(now)) {
            expire(key, found);
            held = replica.held(key);
            found = null;
        }
        Outcome outcome = op.evaluate(found, this);
        return outcome.change() == Change.NONE ? outcome : install(key, held, outcome);
    }

    private void expire(Object key, StoredRecord expired) {
        apply(key, expired, StoredRecord.tombstone(ballot, nextSequence()));
        port.changed(key, Change.EXPIRED, expired, null);
    }

    private Outcome install(Object key, @Nullable StoredRecord held, Outcome evaluated) {
        Outcome outcome = evaluated;
        StoredRecord after = outcome.after();
        if (after == null) {
            apply(key, held, StoredRecord.tombstone(ballot, nextSequence()));
        } else if (outcome.change() != Change.TOUCHED) {
            apply(key, held, after);
        } else if (replica.isOneOfMany()) {
            after = mint(after.value(), after.expiresAtMillis());
            apply(key, held, after);
            outcome = new Outcome(outcome.status(), Change.TOUCHED, outcome.before(), after);
        } else {
            replica.touch(key, after);
        }
        port.changed(key, outcome.change(), outcome.before(), after);
        return outcome;
    }

    /** Writes what is held once more, under the next version, so that a majority accepts it anew. */
    void renew(Object key) {
        StoredRecord held = replica.held(key);
        if (held == null || held.isTombstone()) {
            bury(key);
        } else {
            apply(key, held, mint(held.value(), held.expiresAtMillis()));
        }
    }

    /** Writes what other replicas hold, under the next version; a load of the key is broken as by any other mutation. */
    void adopt(Object key, StoredRecord found, long now) {
        holds.breakLoad(key, now);
        StoredRecord held = replica.held(key);
        if (found.isTombstone()) {
            apply(key, held, StoredRecord.tombstone(ballot, nextSequence()));
        } else {
            apply(key, held, mint(found.value(), found.expiresAtMillis()));
        }
    }

    /** Writes a tombstone, whatever is held. */
    void bury(Object key) {
        apply(key, replica.held(key), StoredRecord.tombstone(ballot, nextSequence()));
    }

    private void apply(Object key, @Nullable StoredRecord held, StoredRecord record) {
        ApplyResult result = replica.apply(ballot, key, held, record);
        if (result != ApplyResult.INSTALLED) {
            // Invariant I5: only the holder of a ballot writes under it, so nothing newer can be there.
            throw new InvariantViolation("the leader's own replica answered " + result + " to " + record);
        }
    }

    /** Removes every entry and breaks every hold: what loads and processors under way bring may be older. */
    public void clear(long now) {
        holds.breakAll(now);
        replica.clear(ballot, ballot, nextSequence());
    }

    /** Drops an entry without a word, as part of a clear. */
    public void drop(Object key) {
        StoredRecord held = replica.get(key);
        if (held != null) {
            apply(key, held, StoredRecord.tombstone(ballot, nextSequence()));
        }
    }

    /** Breaks every hold of the slot. */
    public void breakHolds(long now) {
        holds.breakAll(now);
    }

    /** Breaks the hold on {@code key} if it protects a load. */
    public void breakLoad(Object key, long now) {
        holds.breakLoad(key, now);
    }

    /**
     * Grants or queues a hold.
     *
     * @return false if too many wait for the key already
     */
    public boolean hold(HoldTicket ticket, long now) {
        return ownHolds().acquire(ticket, now);
    }

    private KeyHolds ownHolds() {
        if (holds == KeyHolds.NONE) {
            holds = new KeyHolds();
        }
        return holds;
    }

    /** Grants a hold if the key is free. */
    public boolean tryHold(HoldTicket ticket) {
        return ownHolds().tryAcquire(ticket);
    }

    /**
     * Ends a hold or the wait for it.
     *
     * @param loaded what a load brought, for those who wait to load the same key; null if there is nothing to share
     */
    public void release(HoldTicket ticket, @Nullable Object loaded, long now) {
        holds.release(ticket, loaded, now);
    }

    /** Breaks the hold on {@code key} if it lasts for {@code holdMaxMillis} or longer. */
    public boolean breakOverdueHold(Object key, long holdMaxMillis, long now) {
        return holds.breakOverdue(key, holdMaxMillis, now);
    }

    /** Whether anybody holds a key of this slot. */
    public boolean hasHolds() {
        return !holds.isEmpty();
    }

    /** The most tickets that may wait for one key. */
    public int waitersMax() {
        return KeyHolds.WAITERS_MAX;
    }

    /** Whether anybody waits for a hold in this slot; only then does the time matter to holds. */
    public boolean hasWaiters() {
        return holds.hasWaiters();
    }

    /** The ticket that holds {@code key}, null if nobody does. */
    public @Nullable HoldTicket holder(Object key) {
        return holds.holder(key);
    }

    private long nextSequence() {
        return shared == null ? ++last : shared.next();
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public ValueEquality equality() {
        return equality;
    }

    @Override
    public StoredRecord mint(Object value, long expiresAtMillis) {
        return StoredRecord.value(value, ballot, nextSequence(), expiresAtMillis);
    }
}
