package dev.hypercache.runtime;

import dev.hypercache.core.lead.HoldTicket;
import dev.hypercache.core.lead.SlotLeader;
import dev.hypercache.core.node.CacheMachine;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Expire;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.InvariantViolation;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.KeyCursor;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.spi.storage.EntryCursor;
import org.jspecify.annotations.Nullable;

/**
 * A cache whose every slot is led by this node: operations run inline on the caller's thread.
 *
 * <p>Each slot is guarded by the monitor of its leader. Reads take no guard. Nothing waits and no user code runs inside a
 * guard, and no thread is ever inside two.
 */
final class LocalClient implements RingClient {

    private final String name;
    private final CacheMachine machine;
    private final Housekeeping housekeeping;
    private final NodeContext node;
    private final RuntimeMetrics metrics;
    private final boolean eternal;
    private final boolean bounded;

    LocalClient(
            CacheSpec spec, CacheMachine machine, Housekeeping housekeeping, NodeContext node, RuntimeMetrics metrics) {
        this.name = spec.name();
        this.eternal = spec.eternal();
        this.metrics = metrics;
        this.machine = machine;
        this.housekeeping = housekeeping;
        this.bounded = housekeeping.isBounded();
        this.node = node;
    }

    @Override
    public @Nullable StoredRecord read(Object key) {
        StoredRecord record = machine.get(key);
        if (record == null) {
            return null;
        }
        if (record.expiresAtMillis() != StoredRecord.NEVER && record.isExpiredAt(nowMillis())) {
            // Between the look and the clock somebody may have extended or replaced it: the leader knows.
            return execute(new Expire(key)).after();
        }
        if (bounded) {
            housekeeping.read(key);
        }
        return record;
    }

    @Override
    public Outcome execute(EntryOp op) {
        Outcome outcome = guarded(op, null, false);
        if (outcome.status() == Outcome.Status.HELD) {
            outcome = executeBehindHolder(op);
        }
        housekeeping.afterExecute(this);
        return outcome;
    }

    @Override
    public Outcome tryExecute(EntryOp op) {
        Outcome outcome = guarded(op, null, node.held().isHolding());
        housekeeping.afterExecute(this);
        return outcome;
    }

    private Outcome executeBehindHolder(EntryOp op) {
        if (node.held().isHolding()) {
            // Nobody waits for a hold while holding one. The holder's own change is conditional, so nothing gets lost.
            return guarded(op, null, true);
        }
        try (Hold hold = hold(op.key(), HoldKind.EXCLUSIVE, node.requestTimeoutMillis())) {
            Outcome outcome = execute(op, hold);
            return outcome.status() == Outcome.Status.HOLD_LOST ? execute(op) : outcome;
        }
    }

    @Override
    public Outcome execute(EntryOp op, Hold hold) {
        return executeAsHolder(op, (LocalHold) hold, false);
    }

    @Override
    public Outcome executeAndRelease(EntryOp op, Hold hold) {
        return executeAsHolder(op, (LocalHold) hold, true);
    }

    private Outcome executeAsHolder(EntryOp op, LocalHold hold, boolean release) {
        Outcome outcome;
        if (!hold.isGranted()) {
            outcome = guarded(op, null, true);
        } else if (release) {
            outcome = guardedReleasing(op, hold);
        } else {
            outcome = guarded(op, hold.ticket(), false);
        }
        housekeeping.afterExecute(this);
        return outcome;
    }

    private Outcome guardedReleasing(EntryOp op, LocalHold hold) {
        SlotLeader leader = leader(op.key());
        synchronized (leader) {
            Outcome outcome = guarded(op, hold.ticket(), false);
            if (outcome.applied()) {
                leader.release(hold.ticket(), null, leader.hasWaiters() ? node.millis() : 0);
                hold.ended();
            }
            return outcome;
        }
    }

    private Outcome guarded(EntryOp op, @Nullable HoldTicket ticket, boolean pastHolder) {
        SlotLeader leader = leader(op.key());
        synchronized (leader) {
            try {
                long now = slotTime(leader);
                return pastHolder ? leader.executePastHolder(op, now) : leader.execute(op, ticket, now);
            } catch (InvariantViolation e) {
                metrics.invariantBroken();
                throw e;
            }
        }
    }

    @Override
    public Hold hold(Object key, HoldKind kind, long timeoutMillis) {
        LocalHold hold = new LocalHold(this, key, kind);
        SlotLeader leader = leader(key);
        synchronized (leader) {
            if (kind == HoldKind.EXCLUSIVE && timeoutMillis != NO_TIMEOUT && leader.hasHolds()) {
                leader.breakLoad(key, node.millis());
            }
            if (leader.tryHold(hold.ticket())) {
                granted(hold);
                return hold;
            }
        }
        if (node.held().isHolding()) {
            return hold;
        }
        synchronized (leader) {
            if (!leader.hold(hold.ticket(), node.millis())) {
                metrics.holdRefused();
                throw LocalHold.tooManyWait(name, leader.waitersMax());
            }
            if (hold.ticket().state() == HoldTicket.State.GRANTED) {
                granted(hold);
                return hold;
            }
        }
        metrics.holdWaited();
        await(leader, hold, timeoutMillis);
        return hold;
    }

    private void await(SlotLeader leader, LocalHold hold, long timeoutMillis) {
        long started = node.millis();
        HoldTicket ticket = hold.ticket();
        while (true) {
            long left = timeoutMillis == NO_TIMEOUT ? NO_TIMEOUT : timeoutMillis - (node.millis() - started);
            boolean proceeded = hold.awaitMillis(Math.min(left, node.holdMaxMillis()));
            synchronized (leader) {
                if (ticket.state() == HoldTicket.State.WAITING
                        && leader.breakOverdueHold(ticket.key(), node.holdMaxMillis(), node.millis())) {
                    metrics.holdExceeded();
                }
                if (ticket.state() == HoldTicket.State.SERVED) {
                    return;
                }
                if (ticket.state() != HoldTicket.State.WAITING) {
                    granted(hold); // If it is broken again already, that is for the holder's operation to find out.
                    return;
                }
                if (!proceeded
                        && (left <= node.holdMaxMillis()
                                || Thread.currentThread().isInterrupted())) {
                    leader.release(ticket, null, node.millis());
                    throw LocalHold.tooLong(name, timeoutMillis);
                }
            }
        }
    }

    @Override
    public Hold tryHold(Object key, HoldKind kind) {
        LocalHold hold = new LocalHold(this, key, kind);
        SlotLeader leader = leader(key);
        synchronized (leader) {
            if (leader.tryHold(hold.ticket())) {
                granted(hold);
            }
        }
        return hold;
    }

    void release(HoldTicket ticket, @Nullable Object loaded) {
        SlotLeader leader = leader(ticket.key());
        synchronized (leader) {
            leader.release(ticket, loaded, leader.hasWaiters() ? node.millis() : 0);
        }
    }

    /** The calling thread got its hold. */
    private void granted(LocalHold hold) {
        hold.granted();
        node.held().add(hold);
    }

    /** The calling thread gave its hold back. */
    void ended(LocalHold hold) {
        node.held().remove(hold);
    }

    /** Whether a hold that was granted is not broken. */
    boolean isIntact(HoldTicket ticket) {
        SlotLeader leader = leader(ticket.key());
        synchronized (leader) {
            return ticket.state() == HoldTicket.State.GRANTED;
        }
    }

    /** Slot by slot, each at one moment: what was begun before is broken when what was stored before goes. */
    @Override
    public void clear() {
        for (int slot = 0; slot < machine.slots(); slot++) {
            SlotLeader leader = machine.leader(slot);
            synchronized (leader) {
                leader.breakHolds(slotTime(leader));
                for (EntryCursor<StoredRecord> cursor = machine.cursor(slot); cursor.advance(); ) {
                    leader.drop(cursor.key());
                    housekeeping.dropped(cursor.key());
                }
            }
        }
    }

    @Override
    public KeyCursor scanAndBreakHolds() {
        breakHolds();
        return scan();
    }

    void breakHolds() {
        for (int slot = 0; slot < machine.slots(); slot++) {
            SlotLeader leader = machine.leader(slot);
            synchronized (leader) {
                leader.breakHolds(slotTime(leader));
            }
        }
    }

    @Override
    public KeyCursor scan() {
        return new LiveCursor(this, machine);
    }

    @Override
    public long entries() {
        return machine.size();
    }

    /** What time it is for a slot. Called in its guard; where nothing expires and nobody waits, nobody asks. */
    long slotTime(SlotLeader leader) {
        return eternal && !leader.hasWaiters() ? 0 : node.millis();
    }

    SlotLeader leader(Object key) {
        return machine.leader(machine.slotOf(key));
    }

    @Override
    public long nowMillis() {
        return eternal ? 0 : node.millis();
    }

    @Override
    public long requestTimeoutMillis() {
        return node.requestTimeoutMillis();
    }

    @Override
    public void close() {
        housekeeping.close();
        clear();
    }
}
