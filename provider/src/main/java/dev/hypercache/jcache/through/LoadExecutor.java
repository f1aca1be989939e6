package dev.hypercache.jcache.through;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the background loads of one cache on a few daemon threads that end when idle.
 *
 * <p>Bounds: {@link #THREADS_MAX} loads at a time, {@link #QUEUED_MAX} waiting; beyond that the caller loads by itself.
 * Each load that was taken either runs or is refused, once. The class loader is held weakly.
 */
public final class LoadExecutor {

    static final int THREADS_MAX = 4;
    static final int QUEUED_MAX = 1_000;

    private static final long IDLE_SECONDS = 10;

    /** A load that somebody waits for. */
    public interface Load extends Runnable {

        /** Hears, instead of being run, that the cache has been closed; must not throw. */
        void refuse(IllegalStateException reason);
    }

    private final String cacheName;
    private final WeakReference<ClassLoader> contextLoader;
    private final long closeTimeoutMillis;
    private @Nullable ThreadPoolExecutor executor;
    private boolean closed;

    public LoadExecutor(String cacheName, WeakReference<ClassLoader> contextLoader, long closeTimeoutMillis) {
        this.cacheName = cacheName;
        this.contextLoader = contextLoader;
        this.closeTimeoutMillis = closeTimeoutMillis;
    }

    /**
     * Runs a load, or refuses it if the cache is being closed meanwhile.
     *
     * @throws IllegalStateException if the cache is closed
     */
    public void execute(Load load) {
        ThreadPoolExecutor running;
        synchronized (this) {
            if (closed) {
                throw closedException();
            }
            if (executor == null) {
                executor = new ThreadPoolExecutor(
                        THREADS_MAX,
                        THREADS_MAX,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(QUEUED_MAX),
                        this::newThread,
                        this::rejected);
                executor.allowCoreThreadTimeOut(true);
            }
            running = executor;
        }
        running.execute(load);
    }

    private void rejected(Runnable load, ThreadPoolExecutor by) {
        if (by.isShutdown()) {
            ((Load) load).refuse(closedException());
        } else {
            load.run();
        }
    }

    private IllegalStateException closedException() {
        return new IllegalStateException("cache '" + cacheName + "' is closed");
    }

    private Thread newThread(Runnable work) {
        Thread created = new LoadThread(this, work, "hypercache-load-" + cacheName);
        created.setDaemon(true);
        created.setContextClassLoader(contextLoader.get());
        return created;
    }

    private static final class LoadThread extends Thread {
        final LoadExecutor owner;

        LoadThread(LoadExecutor owner, Runnable work, String name) {
            super(work, name);
            this.owner = owner;
        }
    }

    /** Whether the calling thread is one of these. */
    public boolean isOwnThread() {
        return Thread.currentThread() instanceof LoadThread thread && thread.owner == this;
    }

    /** Refuses the loads that wait, and waits for those under way, within a time limit; then interrupts them. */
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
        List<Runnable> waiting = new ArrayList<>();
        running.getQueue().drainTo(waiting);
        refuse(waiting);
        if (isOwnThread()) {
            return; // A loader closes its own cache: it cannot wait for itself.
        }
        try {
            if (!running.awaitTermination(closeTimeoutMillis, TimeUnit.MILLISECONDS)) {
                refuse(running.shutdownNow());
            }
        } catch (InterruptedException e) {
            refuse(running.shutdownNow());
            Thread.currentThread().interrupt();
        }
    }

    private void refuse(List<Runnable> loads) {
        for (Runnable load : loads) {
            ((Load) load).refuse(closedException());
        }
    }
}
