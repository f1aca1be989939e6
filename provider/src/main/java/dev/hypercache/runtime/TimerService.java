package dev.hypercache.runtime;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The node's one timer, for coarse periods. Its daemon thread starts with the first task and ends with the node.
 *
 * <p>Bound: one task per cache.
 */
final class TimerService {

    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

    private final String nodeName;
    private @Nullable ScheduledThreadPoolExecutor executor;
    private @Nullable Thread thread;
    private boolean closed;

    TimerService(String nodeName) {
        this.nodeName = nodeName;
    }

    /**
     * Runs a task again and again.
     *
     * @return null if the node is closed
     */
    synchronized @Nullable ScheduledFuture<?> everyMillis(long periodMillis, Runnable task) {
        if (closed) {
            return null;
        }
        ScheduledThreadPoolExecutor running = executor;
        if (running == null) {
            running = new ScheduledThreadPoolExecutor(1, this::newThread);
            running.setRemoveOnCancelPolicy(true);
            executor = running;
        }
        return running.scheduleWithFixedDelay(task, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    private synchronized Thread newThread(Runnable work) {
        Thread created = new Thread(work, "hypercache-timer-" + nodeName);
        created.setDaemon(true);
        created.setContextClassLoader(TimerService.class.getClassLoader());
        thread = created;
        return created;
    }

    /** Stops the timer and waits for the task under way, unless it is that task which closes. */
    void close() {
        ScheduledThreadPoolExecutor running;
        Thread timer;
        synchronized (this) {
            closed = true;
            running = executor;
            timer = thread;
        }
        if (running == null) {
            return;
        }
        running.shutdownNow();
        if (timer != null && timer != Thread.currentThread()) {
            try {
                timer.join(CLOSE_TIMEOUT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
