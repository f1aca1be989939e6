package dev.hypercache.transport.undertow;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The one timer of a transport: a daemon thread that looks at everything that could have taken too long.
 *
 * <p>One look at all calls instead of a task for each: nearly every call is answered long before its time. While calls
 * are pending it looks every {@link #BUSY_NANOS}, else every {@link #QUIET_NANOS}; so late is a time-out told.
 */
final class Ticker implements Runnable {

    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int CALM_TICKS = 10;

    /** What is looked at. */
    interface Work {

        /** Looks; true if calls are pending. */
        boolean tick(long nowNanos);
    }

    private final Work work;
    private final Thread thread;
    private volatile boolean quiet;
    private volatile boolean ended;
    private volatile long nowNanos = System.nanoTime();

    Ticker(String name, Work work) {
        this.work = work;
        thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(Ticker.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** The time at the last look: up to {@link #QUIET_NANOS} old, for what need not be exact. */
    long nowNanos() {
        return nowNanos;
    }

    /** A call is pending. */
    void arm() {
        if (quiet) {
            quiet = false;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        int calm = 0;
        while (!ended) {
            long now = System.nanoTime();
            nowNanos = now;
            try {
                calm = work.tick(now) ? 0 : calm + 1;
            } catch (RuntimeException | Error e) {
                Listening.report(e);
            }
            boolean rest = calm > CALM_TICKS;
            quiet = rest;
            LockSupport.parkNanos(this, rest ? QUIET_NANOS : BUSY_NANOS);
            boolean unused = Thread.interrupted(); // An interrupt left behind would keep it from parking.
        }
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    void join(long timeoutMillis) throws InterruptedException {
        thread.join(timeoutMillis);
    }
}
