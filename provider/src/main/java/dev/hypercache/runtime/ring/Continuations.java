package dev.hypercache.runtime.ring;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which calls go on that no thread waits for: what the application does with their outcomes runs here, never in
 * the guard of a slot or on a thread of the transport.
 *
 * <p>A few daemon threads that begin with the first such call and end when idle. What waits for them is bounded by the calls
 * that may be under way.
 */
final class Continuations {

    static final int THREADS_LEAST = 4;

    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

    private final String threadName;
    private final int queuedMax;
    private @Nullable ThreadPoolExecutor executor;

    /** So that a thread of these is known when it closes the node. */
    private static final class Worker extends Thread {
        final Continuations owner;

        Worker(Continuations owner, Runnable work, String name) {
            super(work, name);
            this.owner = owner;
        }
    }

    /**
     * @param queuedMax how many may wait, which is how many calls may be under way
     */
    Continuations(String nodeName, int queuedMax) {
        this.threadName = "hypercache-async-" + nodeName;
        this.queuedMax = queuedMax;
    }

    /** Runs what is to be done, soon and on another thread. */
    void execute(Runnable task) {
        running().execute(task);
    }

    private synchronized ThreadPoolExecutor running() {
        if (executor == null) {
            int threads = Math.max(THREADS_LEAST, Runtime.getRuntime().availableProcessors());
            executor = new ThreadPoolExecutor(
                    threads,
                    threads,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(queuedMax),
                    this::newThread);
            executor.allowCoreThreadTimeOut(true);
        }
        return executor;
    }

    private Thread newThread(Runnable work) {
        Thread created = new Worker(this, work, threadName);
        created.setDaemon(true);
        created.setContextClassLoader(Continuations.class.getClassLoader());
        return created;
    }

    /** Runs what waits, within two seconds, unless it is one of these threads that closes. Nothing may come after that. */
    void close() {
        ThreadPoolExecutor ending;
        synchronized (this) {
            ending = executor;
        }
        if (ending == null) {
            return;
        }
        ending.shutdown();
        if (Thread.currentThread() instanceof Worker worker && worker.owner == this) {
            return;
        }
        try {
            boolean unused = ending.awaitTermination(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
