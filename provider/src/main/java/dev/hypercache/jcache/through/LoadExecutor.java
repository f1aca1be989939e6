package dev.hypercache.jcache.through;

import dev.hypercache.runtime.call.RequestFailedException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs what calls the application's code and has no thread of a caller's own, on a few daemon threads of one cache that end when
 * idle.
 *
 * <p>Bounds: a {@link Kind} says how many run at a time and what happens beyond {@link #QUEUED_MAX} that wait. Each piece of
 * work either runs or is refused, once. The class loader is held weakly.
 */
public final class LoadExecutor {

    static final int THREADS_MAX = 4;
    static final int CALLS_MAX = 16;
    static final int QUEUED_MAX = 1_000;

    private static final long IDLE_SECONDS = 10;

    /** What is run, and what becomes of more than may wait. */
    public enum Kind {
        /** Background loads; beyond the bound the caller loads by itself. */
        LOADS("hypercache-load-", THREADS_MAX),
        /** Calls of the asynchronous API; beyond the bound they are refused, since their callers must not wait. */
        CALLS("hypercache-call-", CALLS_MAX);

        private final String threadPrefix;
        private final int threadsMax;

        Kind(String threadPrefix, int threadsMax) {
            this.threadPrefix = threadPrefix;
            this.threadsMax = threadsMax;
        }
    }

    /** Work that somebody waits for. */
    public interface Load extends Runnable {

        /** Hears, instead of being run, that the cache has been closed or too much waits; must not throw. */
        void refuse(RuntimeException reason);
    }

    private final Kind kind;
    private final String cacheName;
    private final WeakReference<ClassLoader> contextLoader;
    private final long closeTimeoutMillis;
    private @Nullable ThreadPoolExecutor executor;
    private boolean closed;

    public LoadExecutor(
            Kind kind, String cacheName, WeakReference<ClassLoader> contextLoader, long closeTimeoutMillis) {
        this.kind = kind;
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
                        kind.threadsMax,
                        kind.threadsMax,
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
        } else if (kind == Kind.LOADS) {
            load.run();
        } else {
            ((Load) load).refuse(overloadedException());
        }
    }

    private RequestFailedException overloadedException() {
        return new RequestFailedException(
                "OVERLOADED",
                QUEUED_MAX + " asynchronous calls of cache '" + cacheName
                        + "' wait already for the application's loader,"
                        + " writer, expiry policy or processor, which " + kind.threadsMax
                        + " threads run, and no more may;"
                        + " nothing was done. Make that code faster, or begin the next calls when earlier ones are done");
    }

    private IllegalStateException closedException() {
        return new IllegalStateException("cache '" + cacheName + "' is closed");
    }

    private Thread newThread(Runnable work) {
        Thread created = new LoadThread(this, work, kind.threadPrefix + cacheName);
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

    /** Refuses what waits, and waits for those under way, within a time limit; then interrupts them. */
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
