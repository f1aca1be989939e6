package dev.hypercache.transport.local;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks every few milliseconds for calls whose time is over.
 *
 * <p>One look at all pending calls instead of a task for each: nearly every call is answered long before its time, and a
 * task that is made and cancelled would cost more than the call and wake the timer's thread for nothing. A call times out
 * up to {@link #TICK_MILLIS} late. The timer ticks only while calls are pending, and its thread ends with the last node.
 */
final class CallTimer {

    private static final long TICK_MILLIS = 5;
    private static final long IDLE_SECONDS = 1;

    private final Switchboard switchboard;
    private volatile boolean armed;
    private @Nullable ScheduledThreadPoolExecutor executor;

    CallTimer(Switchboard switchboard) {
        this.switchboard = switchboard;
    }

    /** A call is pending. */
    void arm() {
        if (!armed) {
            schedule();
        }
    }

    private synchronized void schedule() {
        if (armed) {
            return;
        }
        ScheduledThreadPoolExecutor running = executor;
        if (running == null) {
            running = new ScheduledThreadPoolExecutor(1, CallTimer::newThread);
            running.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            running.allowCoreThreadTimeOut(true);
            executor = running;
        }
        armed = true;
        ScheduledFuture<?> unused = running.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread newThread(Runnable work) {
        Thread created = new Thread(work, "hypercache-local-timer");
        created.setDaemon(true);
        created.setContextClassLoader(CallTimer.class.getClassLoader());
        return created;
    }

    private void tick() {
        boolean pending = switchboard.expireCalls(System.nanoTime());
        armed = false;
        // A call that came since the look has seen the timer armed and left it at that.
        if (pending || switchboard.expireCalls(System.nanoTime())) {
            arm();
        }
    }

    /** The last node has gone: nothing is pending, and the thread ends. */
    synchronized void stop() {
        ScheduledThreadPoolExecutor running = executor;
        if (running != null) {
            running.shutdownNow();
            executor = null;
            armed = false;
        }
    }
}
