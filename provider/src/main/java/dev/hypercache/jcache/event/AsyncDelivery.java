package dev.hypercache.jcache.event;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs asynchronous listeners on a few daemon threads of their own, in per-key order.
 *
 * <p>A key always goes to the same lane, a lane is one thread with a queue of {@link #LANE_EVENTS_MAX} events. A caller
 * that finds its lane full waits for room up to the request timeout; then the event is dropped and counted. A listener
 * that fills its own lane does not wait for itself. Threads start with the first event and end when idle.
 */
final class AsyncDelivery {

    /** The most events that wait in one lane. */
    static final int LANE_EVENTS_MAX = 10_000;

    private static final int LANES = 4;
    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

    private final String cacheName;
    private final @Nullable ClassLoader contextLoader;
    private final long timeoutMillis;
    private final @Nullable Lane[] lanes = new Lane[LANES];
    private boolean closed;

    AsyncDelivery(String cacheName, @Nullable ClassLoader contextLoader, long timeoutMillis) {
        this.cacheName = cacheName;
        this.contextLoader = contextLoader;
        this.timeoutMillis = timeoutMillis;
    }

    private static final class Lane {
        final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(LANE_EVENTS_MAX);
        final ThreadPoolExecutor executor;
        volatile @Nullable Thread thread;

        Lane(String name, @Nullable ClassLoader contextLoader) {
            executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, queue, work -> {
                Thread created = new Thread(work, name);
                created.setDaemon(true);
                created.setContextClassLoader(contextLoader);
                thread = created;
                return created;
            });
            executor.allowCoreThreadTimeOut(true);
        }
    }

    /**
     * Queues a delivery.
     *
     * @param delivery must not throw
     * @return false if it was dropped
     */
    boolean submit(Object key, Runnable delivery) {
        Lane lane = lane(key);
        if (lane == null) {
            return false;
        }
        synchronized (lane) {
            // The executor itself adds to the queue only to start its thread, so order is that of this monitor.
            if (lane.queue.remainingCapacity() > 0 && accepts(lane, delivery)) {
                return true;
            }
        }
        return Thread.currentThread() != lane.thread && !lane.executor.isShutdown() && awaitRoom(lane, delivery);
    }

    private static boolean accepts(Lane lane, Runnable delivery) {
        try {
            lane.executor.execute(delivery);
            return true;
        } catch (RejectedExecutionException e) {
            return false; // The lane was closed, or somebody who had waited for room took the last place.
        }
    }

    private boolean awaitRoom(Lane lane, Runnable delivery) {
        try {
            boolean queued = lane.queue.offer(delivery, timeoutMillis, TimeUnit.MILLISECONDS);
            // The thread of a lane that was closed meanwhile may have ended: then nobody will come for the event.
            return queued && !(lane.executor.isShutdown() && lane.queue.remove(delivery));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized @Nullable Lane lane(Object key) {
        if (closed) {
            return null;
        }
        int index = Math.floorMod(key.hashCode(), LANES);
        Lane lane = lanes[index];
        if (lane == null) {
            lane = new Lane("hypercache-listener-" + cacheName + "-" + index, contextLoader);
            lanes[index] = lane;
        }
        return lane;
    }

    /** How many events wait. */
    synchronized long backlog() {
        long events = 0;
        for (Lane lane : lanes) {
            events += lane == null ? 0 : lane.queue.size();
        }
        return events;
    }

    /** Delivers what waits, within a time limit, and ends the threads. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        for (Lane lane : lanes) {
            if (lane != null) {
                lane.executor.shutdown();
            }
        }
        for (Lane lane : lanes) {
            if (lane != null) {
                end(lane);
            }
        }
    }

    private static void end(Lane lane) {
        Thread thread = lane.thread;
        if (thread == Thread.currentThread()) {
            return; // A listener closes its own cache: it cannot wait for itself.
        }
        try {
            if (!lane.executor.awaitTermination(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                lane.executor.shutdownNow();
            }
            if (thread != null) {
                thread.join(CLOSE_TIMEOUT_MILLIS);
            }
        } catch (InterruptedException e) {
            lane.executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
