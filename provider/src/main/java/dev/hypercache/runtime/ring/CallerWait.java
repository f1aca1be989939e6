package dev.hypercache.runtime.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How a caller waits for other nodes: at first it only yields its processor to whoever wants it, then it parks.
 *
 * <p>An answer within a machine or a rack comes after some ten microseconds, and to wake a parked thread takes as long again
 * (ADR 0018). Only the one caller that a node has may yield: several would take the processors that answer them. It yields for
 * {@value #YIELD_MICROS} us at most, and when that was not enough it parks at once the next times, twice as often after each
 * failure and {@value #PARKS_MOST} times at most: where answers take longer than that, yielding costs next to nothing.
 *
 * <p>Safe for use by any threads.
 */
final class CallerWait {

    /** The longest that a caller yields in one wait. */
    static final long YIELD_MICROS = 200;

    /** The most waits in a row that park at once because an earlier one yielded in vain. */
    static final int PARKS_MOST = 64;

    private static final long YIELD_NANOS = TimeUnit.MICROSECONDS.toNanos(YIELD_MICROS);

    private final boolean enabled;
    private final LongSupplier nanoTime;
    private final RingMetrics metrics;
    private final AtomicInteger waiting = new AtomicInteger();
    // Two callers may come here in turn, and a lost update only makes one wait differ: neither needs a lock.
    private volatile int parksLeft;
    private volatile int parksNext = 1;

    /**
     * @param enabled whether callers yield at all
     * @param nanoTime a steady clock
     */
    CallerWait(boolean enabled, LongSupplier nanoTime, RingMetrics metrics) {
        this.enabled = enabled;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
    }

    /**
     * Waits until something has ended, or for {@code millis}. An interrupt is kept for later.
     *
     * @param ended tells it; whoever makes it so unparks the thread
     * @return whether it has ended
     */
    boolean await(Object blocker, long millis, BooleanSupplier ended) {
        return await(blocker, millis, ended, false);
    }

    /** The same, but an interrupt ends the wait; it stays set. */
    boolean awaitInterruptibly(Object blocker, long millis, BooleanSupplier ended) {
        return await(blocker, millis, ended, true);
    }

    private boolean await(Object blocker, long millis, BooleanSupplier ended, boolean isInterruptible) {
        long startedNanos = nanoTime.getAsLong();
        long limitNanos = TimeUnit.MILLISECONDS.toNanos(millis);
        boolean interrupted = false;
        waiting.incrementAndGet();
        yieldFor(startedNanos, ended);
        while (!ended.getAsBoolean() && !(isInterruptible && interrupted)) {
            long leftNanos = limitNanos - (nanoTime.getAsLong() - startedNanos);
            if (leftNanos <= 0) {
                break;
            }
            LockSupport.parkNanos(blocker, leftNanos);
            interrupted |= Thread.interrupted();
        }
        waiting.decrementAndGet();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended.getAsBoolean();
    }

    private void yieldFor(long startedNanos, BooleanSupplier ended) {
        if (ended.getAsBoolean()) {
            return;
        }
        if (!mayYield()) {
            metrics.callerParked();
            return;
        }
        while (nanoTime.getAsLong() - startedNanos < YIELD_NANOS) {
            if (ended.getAsBoolean()) {
                parksNext = 1;
                metrics.callerYielded();
                return;
            }
            Thread.yield();
        }
        parksLeft = parksNext;
        parksNext = Math.min(PARKS_MOST, 2 * parksNext);
        metrics.callerParked();
    }

    private boolean mayYield() {
        if (!enabled || waiting.get() > 1) {
            return false;
        }
        int left = parksLeft;
        if (left > 0) {
            parksLeft = left - 1;
        }
        return left == 0;
    }
}
