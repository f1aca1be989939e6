package dev.hypercache.jcache.event;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The undelivered events of one key, in the order of the changes.
 *
 * <p>One thread at a time delivers; the others wait until it has come to their event, or take over when it is done with
 * its own. Bound: one event per change whose caller has not returned yet.
 */
final class KeyQueue<K, V> {

    private final ArrayDeque<PendingEvent<K, V>> events = new ArrayDeque<>();
    private boolean delivering;

    synchronized void add(PendingEvent<K, V> event) {
        events.add(event);
    }

    synchronized boolean isIdle() {
        return events.isEmpty() && !delivering;
    }

    /**
     * Returns when {@code mine} has been delivered, by this thread or by another.
     *
     * @param delivery delivers one event; user code, must not throw
     * @return false if another thread was still busy with this key after {@code timeoutMillis}
     */
    boolean deliverUpTo(PendingEvent<K, V> mine, Consumer<PendingEvent<K, V>> delivery, long timeoutMillis) {
        if (!lead(mine, timeoutMillis)) {
            return isDelivered(mine);
        }
        boolean leads = true;
        try {
            for (PendingEvent<K, V> next = next(mine); next != null; next = next(mine)) {
                delivery.accept(next);
                markDelivered(next);
            }
            leads = false;
            return true;
        } finally {
            if (leads) {
                stopLeading();
            }
        }
    }

    /** Waits until this thread may deliver; false if there is no need any more or no hope. */
    private synchronized boolean lead(PendingEvent<K, V> mine, long timeoutMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        boolean interrupted = false;
        while (delivering && !mine.delivered) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (leftMillis <= 0) {
                mine.abandoned = true;
                break;
            }
            try {
                wait(leftMillis);
            } catch (InterruptedException e) {
                interrupted = true;
                mine.abandoned = true;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        boolean leads = !delivering && !mine.delivered;
        if (leads) {
            delivering = true;
        }
        return leads;
    }

    /**
     * What the leading thread delivers next; null if it is done and leads no more. One step, so that whoever gives up
     * waiting does so either before it, and is looked after, or leads itself.
     */
    private synchronized @Nullable PendingEvent<K, V> next(PendingEvent<K, V> mine) {
        PendingEvent<K, V> head = events.peek();
        if (head == null || (mine.delivered && !head.abandoned)) {
            stopLeading();
            return null;
        }
        return events.poll();
    }

    private synchronized void markDelivered(PendingEvent<K, V> event) {
        event.delivered = true;
        notifyAll();
    }

    private synchronized boolean isDelivered(PendingEvent<K, V> event) {
        return event.delivered;
    }

    private synchronized void stopLeading() {
        delivering = false;
        notifyAll();
    }
}
