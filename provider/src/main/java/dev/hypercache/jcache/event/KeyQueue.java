package dev.hypercache.jcache.event;

import dev.hypercache.core.record.StoredRecord;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The undelivered events of one key, in the order of the changes.
 *
 * <p>One thread at a time delivers; the others wait until it has come to their event, or take over when it is done with
 * its own. Bound: one event per change whose caller has not returned yet, and the node's own changes that the dispatcher
 * bounds.
 */
final class KeyQueue<K, V> {

    /** How a wait for a delivery ended. */
    enum Wait {
        /** The event has been delivered. */
        DELIVERED,
        /** Another thread was busy with this key for too long; it delivers the event. */
        TIMED_OUT,
        /** The waiting thread was interrupted; the busy one delivers the event. */
        INTERRUPTED
    }

    private final ArrayDeque<PendingEvent<K, V>> events = new ArrayDeque<>();
    private boolean delivering;
    /** What is being delivered. */
    private @Nullable PendingEvent<K, V> current;

    /** Adds an event behind those of earlier versions: on a ring an answer may overtake another one's. */
    synchronized void add(PendingEvent<K, V> event) {
        PendingEvent<K, V> last = events.peekLast();
        if (last == null || !event.isBefore(last)) {
            events.add(event);
            return;
        }
        ArrayDeque<PendingEvent<K, V>> later = new ArrayDeque<>();
        while (last != null && event.isBefore(last)) {
            later.addFirst(events.removeLast());
            last = events.peekLast();
        }
        events.add(event);
        events.addAll(later);
    }

    /** The event of a change that is not delivered yet; null if there is none. */
    synchronized @Nullable PendingEvent<K, V> find(@Nullable StoredRecord before, @Nullable StoredRecord after) {
        PendingEvent<K, V> busy = current;
        if (busy != null && busy.isOf(before, after)) {
            return busy;
        }
        for (PendingEvent<K, V> event : events) {
            if (event.isOf(before, after)) {
                return event;
            }
        }
        return null;
    }

    synchronized boolean isIdle() {
        return events.isEmpty() && !delivering;
    }

    /** Forgets an event that will not be delivered; false if somebody has delivered it or is about to. */
    synchronized boolean discard(PendingEvent<K, V> event) {
        boolean waited = events.remove(event);
        if (waited) {
            event.delivered = true;
            notifyAll();
        }
        return waited;
    }

    /**
     * Returns when {@code mine} has been delivered, by this thread or by another, or there is no hope for that.
     *
     * @param delivery delivers one event; user code
     * @param timeoutMillis how long to wait for another thread that is busy with this key
     */
    Wait deliverUpTo(PendingEvent<K, V> mine, Consumer<PendingEvent<K, V>> delivery, long timeoutMillis) {
        Wait failed = lead(mine, timeoutMillis);
        if (failed != null) {
            return failed;
        }
        PendingEvent<K, V> next = first();
        try {
            while (next != null) {
                delivery.accept(next);
                next = nextOrStop(next, mine);
            }
        } finally {
            if (next != null) {
                stopAfter(next);
            }
        }
        return Wait.DELIVERED;
    }

    /** Waits until this thread may deliver, and then is the one that does: null; else why it need not or cannot. */
    private synchronized @Nullable Wait lead(PendingEvent<K, V> mine, long timeoutMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (delivering && !mine.delivered) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (leftMillis <= 0) {
                mine.abandoned = true;
                return Wait.TIMED_OUT;
            }
            try {
                wait(leftMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                if (delivering && !mine.delivered) {
                    mine.abandoned = true;
                    return Wait.INTERRUPTED;
                }
            }
        }
        if (mine.delivered) {
            return Wait.DELIVERED;
        }
        delivering = true;
        return null;
    }

    private synchronized @Nullable PendingEvent<K, V> first() {
        current = events.poll();
        return current;
    }

    /**
     * Marks an event as delivered. The next one is for this thread as long as its own event is to come, or if the thread
     * that caused it gave up; else this thread stops, in the same step, so that nobody gives up on one who has stopped.
     */
    private synchronized @Nullable PendingEvent<K, V> nextOrStop(PendingEvent<K, V> done, PendingEvent<K, V> mine) {
        done.delivered = true;
        PendingEvent<K, V> next = events.peek();
        if (next != null && (!mine.delivered || next.abandoned)) {
            events.poll();
        } else {
            next = null;
            delivering = false;
        }
        current = next;
        notifyAll();
        return next;
    }

    private synchronized void stopAfter(PendingEvent<K, V> failed) {
        failed.delivered = true;
        delivering = false;
        current = null;
        notifyAll();
    }
}
