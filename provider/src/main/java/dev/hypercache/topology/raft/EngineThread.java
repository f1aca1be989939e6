package dev.hypercache.topology.raft;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One daemon thread for one topology log. Safe for use by any threads.
 *
 * <p>Bound: the log schedules a fixed number of periodic tasks and one for each election; frames are bounded where they are
 * received.
 */
public final class EngineThread implements EngineTimer, AutoCloseable {

    private final ScheduledThreadPoolExecutor executor;

    private EngineThread(ScheduledThreadPoolExecutor executor) {
        this.executor = executor;
    }

    /**
     * Makes the timer; the thread starts with the first task.
     *
     * @param nodeName for the thread's name
     */
    public static EngineThread create(String nodeName) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread created = new Thread(work, "hypercache-topology-" + nodeName);
            created.setDaemon(true);
            created.setContextClassLoader(EngineThread.class.getClassLoader());
            return created;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new EngineThread(executor);
    }

    @Override
    public long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public boolean execute(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    @Override
    public void schedule(Runnable task, long delayMicros) {
        try {
            var unused = executor.schedule(task, delayMicros, TimeUnit.MICROSECONDS);
        } catch (RejectedExecutionException closed) {
            // As the port says: a closed timer drops what comes.
        }
    }

    /** Lets the tasks run that were handed over for now, and ends the thread. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
