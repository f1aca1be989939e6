package dev.hypercache.core.lead;

import dev.hypercache.core.op.HoldKind;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The holds on the keys of one slot: at most one holder per key, everybody else in a fair queue.
 *
 * <p>A hold keeps callers whose user code works on the same key from duelling. Safety never rests on it: what a holder
 * does to the entry is conditional on the version that it saw. That is why a hold may simply be broken, by a mutation (if
 * it protects a load) or because it lasted too long.
 *
 * <p>Bounds: {@link #WAITERS_MAX} tickets wait for one key; one more is refused. Confined to its slot.
 */
final class KeyHolds {

    /** The most tickets that may wait for one key. */
    static final int WAITERS_MAX = 10_000;

    private final Map<Object, Hold> holds = new HashMap<>();

    private int waiters;

    private static final class Hold {
        HoldTicket holder;
        /** Since when somebody has waited for this holder; a hold that nobody waits for may last. */
        long awaitedSinceMillis;

        @Nullable
        ArrayDeque<HoldTicket> waiting;

        Hold(HoldTicket holder) {
            this.holder = holder;
        }
    }

    /** Whether anybody waits, so that the time matters. */
    boolean hasWaiters() {
        return waiters > 0;
    }

    boolean isEmpty() {
        return holds.isEmpty();
    }

    /** The ticket that holds {@code key}, or null. */
    @Nullable
    HoldTicket holder(Object key) {
        Hold hold = holds.get(key);
        return hold == null ? null : hold.holder;
    }

    boolean isHeldBy(Object owner) {
        for (Hold hold : holds.values()) {
            if (hold.holder.owner().equals(owner)) {
                return true;
            }
        }
        return false;
    }

    /** Grants the ticket if its key is free. */
    boolean tryAcquire(HoldTicket ticket) {
        if (holds.putIfAbsent(ticket.key(), new Hold(ticket)) != null) {
            return false;
        }
        ticket.state = HoldTicket.State.GRANTED;
        return true;
    }

    /**
     * Grants the ticket or queues it.
     *
     * @return false if too many wait already
     */
    boolean acquire(HoldTicket ticket, long nowMillis) {
        if (tryAcquire(ticket)) {
            return true;
        }
        Hold hold = holds.get(ticket.key());
        if (hold == null) {
            throw new IllegalStateException("a key that cannot be taken has a holder: " + ticket.key());
        }
        if (hold.waiting == null) {
            hold.waiting = new ArrayDeque<>();
        }
        if (hold.waiting.size() >= WAITERS_MAX) {
            return false;
        }
        if (hold.waiting.isEmpty()) {
            hold.awaitedSinceMillis = nowMillis;
        }
        hold.waiting.add(ticket);
        waiters++;
        ticket.state = HoldTicket.State.WAITING;
        return true;
    }

    /**
     * Gives a key back, or gives up waiting for it.
     *
     * @param loaded what a load brought, for those who wait to load the same key; null if there is nothing to share
     */
    void release(HoldTicket ticket, @Nullable Object loaded, long nowMillis) {
        HoldTicket.State was = ticket.state;
        ticket.state = HoldTicket.State.ENDED;
        Hold hold = holds.get(ticket.key());
        if (hold == null) {
            return;
        }
        if (was == HoldTicket.State.WAITING && hold.waiting != null) {
            waiters -= hold.waiting.remove(ticket) ? 1 : 0;
        } else if (was == HoldTicket.State.GRANTED && hold.holder == ticket) {
            if (loaded != null) {
                serveLoads(hold, loaded);
            }
            grantNext(hold, nowMillis);
        }
    }

    private void serveLoads(Hold hold, Object loaded) {
        if (hold.waiting == null) {
            return;
        }
        int before = hold.waiting.size();
        hold.waiting.removeIf(waiting -> {
            boolean served = waiting.kind() == HoldKind.LOAD;
            if (served) {
                waiting.result = loaded;
                waiting.proceed(HoldTicket.State.SERVED);
            }
            return served;
        });
        waiters -= before - hold.waiting.size();
    }

    private void grantNext(Hold hold, long nowMillis) {
        HoldTicket next = hold.waiting == null ? null : hold.waiting.poll();
        if (next == null) {
            holds.remove(hold.holder.key());
            return;
        }
        waiters--;
        hold.holder = next;
        hold.awaitedSinceMillis = nowMillis;
        next.proceed(HoldTicket.State.GRANTED);
    }

    /** Breaks the hold on {@code key} if it protects a load. */
    void breakLoad(Object key, long nowMillis) {
        Hold hold = holds.get(key);
        if (hold != null && hold.holder.kind() == HoldKind.LOAD) {
            breakHold(hold, nowMillis);
        }
    }

    /** Breaks every hold that protects a load. */
    void breakLoads(long nowMillis) {
        for (Hold hold : holds.values().toArray(new Hold[0])) {
            if (hold.holder.kind() == HoldKind.LOAD) {
                breakHold(hold, nowMillis);
            }
        }
    }

    /**
     * Breaks the hold on {@code key} if it has lasted longer than it may.
     *
     * @return true if it was broken
     */
    boolean breakOverdue(Object key, long holdMaxMillis, long nowMillis) {
        Hold hold = holds.get(key);
        if (hold == null || nowMillis - hold.awaitedSinceMillis < holdMaxMillis) {
            return false;
        }
        breakHold(hold, nowMillis);
        return true;
    }

    private void breakHold(Hold hold, long nowMillis) {
        hold.holder.state = HoldTicket.State.BROKEN;
        grantNext(hold, nowMillis);
    }
}
