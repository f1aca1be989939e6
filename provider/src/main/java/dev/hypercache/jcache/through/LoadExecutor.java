package dev.hypercache.jcache.through;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the background loads of one cache on a few daemon threads that end when idle.
 *
 * <p>Bounds: {@link #THREADS_MAX} loads at a time, {@link #QUEUED_MAX} waiting; beyond that the caller loads by itself.
 */
public final class LoadExecutor {

    static final int THREADS_MAX = 4;
    static final int QUEUED_MAX = 1_000;

    private static final long IDLE_SECONDS = 10;

    private final String cacheName;
    private final @Nullable ClassLoader contextLoader;
    private final long closeTimeoutMillis;
    private @Nullable ThreadPoolExecutor executor;
    private boolean closed;

    public LoadExecutor(String cacheName, @Nullable ClassLoader contextLoader, long closeTimeoutMillis) {
        this.cacheName = cacheName;
        this.contextLoader = contextLoader;
        this.closeTimeoutMillis = closeTimeoutMillis;
    }

    /**
     * Runs a load.
     *
     * @throws IllegalStateException if the cache is closed
     */
    public void execute(Runnable load) {
        ThreadPoolExecutor running;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("cache '" + cacheName + "' is closed");
            }
            if (executor == null) {
                executor = new ThreadPoolExecutor(
                        THREADS_MAX,
                        THREADS_MAX,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(QUEUED_MAX),
                        this::newThread,
                        new ThreadPoolExecutor.CallerRunsPolicy());
                executor.allowCoreThreadTimeOut(true);
            }
            running = executor;
        }
        running.execute(load);
    }

    private Thread newThread(Runnable work) {
        Thread created = new LoadThread(this, work, "hypercache-load-" + cacheName);
        created.setDaemon(true);
        created.setContextClassLoader(contextLoader);
        return created;
    }

    private static final class LoadThread extends Thread {
        final LoadExecutor owner;

        LoadThread(LoadExecutor owner, Runnable work, String name) {
            super(work, name);
            this.owner = owner;
        }
    }

    /** Waits for the loads under way, within a time limit, then interrupts them. */
    public void close() {
        ThreadPoolExecutor running;
        synchronized (this) {
            closed = true;
            running = executor;
        }
        if (running == null) {
            return;
        }
        running.shutdown();
        if (Thread.currentThread() instanceof LoadThread thread && thread.owner == this) {
            return; // A loader closes its own cache: it cannot wait for itself.
        }
        try {
            if (!running.awaitTermination(closeTimeoutMillis, TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
