package dev.hypercache.core.lead;

import dev.hypercache.core.op.HoldKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The holds on the keys of one slot: at most one holder per key, everybody else in a fair queue.
 *
 * <p>A hold keeps callers whose user code works on the same key from duelling. Safety never rests on it: what a holder
 * does to the entry is conditional on the version that it saw. That is why a hold may simply be broken, by a mutation (if
 * it protects a load) or because others waited for it too long.
 *
 * <p>Bounds: {@link #WAITERS_MAX} tickets wait for one key; one more is refused. Confined to its slot.
 */
final class KeyHolds {

    /** The most tickets that may wait for one key. */
    static final int WAITERS_MAX = 10_000;

    /** The holds of every slot that has never had one: looking at it costs less than looking at one for each slot. */
    static final KeyHolds NONE = new KeyHolds();

    /** The ticket that holds a key, as long as one key of the slot is held; it carries the queue behind it. */
    private @Nullable HoldTicket first;

    /** The tickets that hold further keys. */
    private final Map<Object, HoldTicket> others = new HashMap<>();

    private int waiters;

    /** Whether anybody waits, so that the time matters. */
    boolean hasWaiters() {
        return waiters > 0;
    }

    boolean isEmpty() {
        return first == null && others.isEmpty();
    }

    /** The ticket that holds {@code key}, or null. */
    @Nullable
    HoldTicket holder(Object key) {
        HoldTicket holder = first;
        if (holder != null && holder.key().equals(key)) {
            return holder;
        }
        return others.isEmpty() ? null : others.get(key);
    }

    private void add(HoldTicket holder) {
        if (first == null) {
            first = holder;
        } else {
            others.put(holder.key(), holder);
        }
        holder.state = HoldTicket.State.GRANTED;
    }

    private void remove(HoldTicket holder) {
        if (first == holder) {
            first = null;
        } else {
            others.remove(holder.key(), holder);
        }
    }

    private HoldTicket[] all() {
        List<HoldTicket> all = new ArrayList<>(others.values());
        if (first != null) {
            all.add(first);
        }
        return all.toArray(new HoldTicket[0]);
    }

    /** Grants the ticket if its key is free. */
    boolean tryAcquire(HoldTicket ticket) {
        if (holder(ticket.key()) != null) {
            return false;
        }
        add(ticket);
        return true;
    }

    /**
     * Grants the ticket or queues it.
     *
     * @return false if too many wait already
     */
    boolean acquire(HoldTicket ticket, long nowMillis) {
        HoldTicket holder = holder(ticket.key());
        if (holder == null) {
            add(ticket);
            return true;
        }
        ArrayDeque<HoldTicket> waiting = holder.waiting;
        if (waiting == null) {
            waiting = new ArrayDeque<>();
            holder.waiting = waiting;
        }
        if (waiting.size() >= WAITERS_MAX) {
            return false;
        }
        if (holder.awaitedSinceMillis == HoldTicket.NOT_AWAITED) {
            holder.awaitedSinceMillis = nowMillis; // Stays when this one gives up: callers that come again also wait.
        }
        waiting.add(ticket);
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
        if (was == HoldTicket.State.GRANTED) {
            if (loaded != null) {
                serveLoads(ticket, loaded);
            }
            grantNext(ticket, nowMillis);
        } else if (was == HoldTicket.State.WAITING) {
            HoldTicket holder = holder(ticket.key());
            if (holder != null && holder.waiting != null && holder.waiting.remove(ticket)) {
                waiters--;
            }
        }
    }

    private void serveLoads(HoldTicket holder, Object loaded) {
        ArrayDeque<HoldTicket> waiting = holder.waiting;
        if (waiting == null) {
            return;
        }
        int before = waiting.size();
        waiting.removeIf(ticket -> {
            boolean served = ticket.kind() == HoldKind.LOAD;
            if (served) {
                ticket.result = loaded;
                ticket.proceed(HoldTicket.State.SERVED);
            }
            return served;
        });
        waiters -= before - waiting.size();
    }

    /** Hands the key, and the queue behind it, to whoever waited longest. */
    private void grantNext(HoldTicket holder, long nowMillis) {
        ArrayDeque<HoldTicket> waiting = holder.waiting;
        HoldTicket next = waiting == null ? null : waiting.poll();
        holder.waiting = null;
        if (next == null) {
            remove(holder);
            return;
        }
        waiters--;
        next.waiting = waiting;
        next.awaitedSinceMillis = waiting == null || waiting.isEmpty() ? HoldTicket.NOT_AWAITED : nowMillis;
        remove(holder);
        add(next);
        next.proceed(HoldTicket.State.GRANTED);
    }

    /** Breaks the hold on {@code key} if it protects a load. */
    void breakLoad(Object key, long nowMillis) {
        HoldTicket holder = holder(key);
        if (holder != null && holder.kind() == HoldKind.LOAD) {
            breakHold(holder, nowMillis);
        }
    }

    /** Breaks every hold. */
    void breakAll(long nowMillis) {
        for (HoldTicket holder : all()) {
            breakHold(holder, nowMillis);
        }
    }

    /**
     * Breaks the hold on {@code key} if others have waited for it as long as it may last.
     *
     * @return true if it was broken
     */
    boolean breakOverdue(Object key, long holdMaxMillis, long nowMillis) {
        HoldTicket holder = holder(key);
        if (holder == null || holder.waiting == null || holder.waiting.isEmpty()) {
            return false;
        }
        if (nowMillis - holder.awaitedSinceMillis < holdMaxMillis) {
            return false;
        }
        breakHold(holder, nowMillis);
        return true;
    }

    private void breakHold(HoldTicket holder, long nowMillis) {
        holder.state = HoldTicket.State.BROKEN;
        holder.broken();
        grantNext(holder, nowMillis);
    }
}
