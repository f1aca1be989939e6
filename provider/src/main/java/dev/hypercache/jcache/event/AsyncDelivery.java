package dev.hypercache.jcache.event;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs deliveries on a few daemon threads of their own, in per-key order.
 *
 * <p>A key always goes to the same lane, a lane is one thread with a queue of {@link Lane#DELIVERIES_MAX} deliveries. A
 * caller that finds its lane full waits for room up to the time limit; then the delivery is dropped. A listener that fills
 * its own lane does not wait for itself. The class loader is held weakly.
 */
final class AsyncDelivery {

    /** What an interrupted listener gets to come to its end. */
    private static final long ABORT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final String threadName;
    private final WeakReference<ClassLoader> contextLoader;
    private final long timeoutMillis;
    private final @Nullable Lane[] lanes;
    private boolean closed;

    AsyncDelivery(String threadName, int lanes, WeakReference<ClassLoader> contextLoader, long timeoutMillis) {
        this.threadName = threadName;
        this.contextLoader = contextLoader;
        this.timeoutMillis = timeoutMillis;
        this.lanes = new Lane[lanes];
    }

    /**
     * Queues a delivery.
     *
     * @param delivery must not throw
     * @return false if it was dropped
     */
    boolean submit(Object key, Runnable delivery) {
        Lane lane = lane(key);
        return lane != null && lane.submit(delivery, timeoutMillis);
    }

    private synchronized @Nullable Lane lane(Object key) {
        if (closed) {
            return null;
        }
        int index = Math.floorMod(key.hashCode(), lanes.length);
        Lane lane = lanes[index];
        if (lane == null) {
            lane = new Lane(threadName + "-" + index, contextLoader);
            lanes[index] = lane;
        }
        return lane;
    }

    /** The lanes in use. */
    private synchronized List<Lane> open() {
        List<Lane> open = new ArrayList<>();
        for (Lane lane : lanes) {
            if (lane != null) {
                open.add(lane);
            }
        }
        return open;
    }

    /** How many deliveries wait. */
    long backlog() {
        long deliveries = 0;
        for (Lane lane : open()) {
            deliveries += lane.backlog();
        }
        return deliveries;
    }

    /** Whether the calling thread is one of these. */
    boolean isOwnThread() {
        for (Lane lane : open()) {
            if (lane.isOwnThread()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Delivers what waits until the deadline, the same for all lanes, then interrupts and ends the threads.
     *
     * @return how many deliveries were dropped
     */
    long close(long deadlineNanos) {
        synchronized (this) {
            closed = true;
        }
        List<Lane> ending = open();
        for (Lane lane : ending) {
            lane.shutdown();
        }
        for (Lane lane : ending) {
            lane.await(deadlineNanos);
        }
        long dropped = 0;
        for (Lane lane : ending) {
            dropped += lane.abort();
        }
        long abortNanos = Math.max(System.nanoTime(), deadlineNanos) + ABORT_NANOS;
        for (Lane lane : ending) {
            lane.await(abortNanos);
        }
        return dropped;
    }
}
