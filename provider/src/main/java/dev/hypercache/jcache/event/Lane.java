package dev.hypercache.jcache.event;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One daemon thread that runs deliveries in the order in which they came.
 *
 * <p>The thread starts with the first delivery and ends when idle. Bound: {@link #DELIVERIES_MAX} deliveries wait.
 */
final class Lane {

    /** The most deliveries that wait. */
    static final int DELIVERIES_MAX = 10_000;

    private static final long IDLE_SECONDS = 10;

    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(DELIVERIES_MAX);
    private final ThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    Lane(String name, WeakReference<ClassLoader> contextLoader) {
        executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, queue, work -> {
            Thread created = new Thread(work, name);
            created.setDaemon(true);
            created.setContextClassLoader(contextLoader.get());
            thread = created;
            return created;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Queues a delivery; waits for room unless this is the lane's own thread.
     *
     * @return false if there came no room in time, or the lane has ended
     */
    boolean submit(Runnable delivery, long timeoutMillis) {
        if (start(delivery)) {
            return true;
        }
        try {
            if (isOwnThread()
                    || executor.isShutdown()
                    || !queue.offer(delivery, timeoutMillis, TimeUnit.MILLISECONDS)) {
                return false;
            }
            // Nobody empties the queue of a lane that ended while this thread waited.
            return !executor.isShutdown() || !queue.remove(delivery);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Queues a delivery if there is room; the executor adds to the queue only here, so order is that of the monitor. */
    private synchronized boolean start(Runnable delivery) {
        if (queue.remainingCapacity() == 0) {
            return false;
        }
        try {
            executor.execute(delivery);
            return true;
        } catch (RejectedExecutionException e) {
            return false; // The lane has just ended, or those who wait for room have taken it.
        }
    }

    boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    int backlog() {
        return queue.size();
    }

    /** Refuses new deliveries from now on. */
    void shutdown() {
        executor.shutdown();
    }

    /** Waits for the lane's end, unless this is its own thread; gives up at the deadline or when interrupted. */
    void await(long deadlineNanos) {
        if (isOwnThread()) {
            return; // A listener closes its own cache: it cannot wait for itself.
        }
        try {
            long left = Math.max(0, deadlineNanos - System.nanoTime());
            Thread last = thread;
            if (executor.awaitTermination(left, TimeUnit.NANOSECONDS) && last != null) {
                last.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts the delivery under way, if another thread runs it, and returns how many waiting ones are dropped. */
    int abort() {
        if (isOwnThread()) {
            List<Runnable> dropped = new ArrayList<>();
            return queue.drainTo(dropped);
        }
        return executor.isTerminated() ? 0 : executor.shutdownNow().size();
    }
}
