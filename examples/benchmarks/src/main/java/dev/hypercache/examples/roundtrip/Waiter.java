package dev.hypercache.examples.roundtrip;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A caller that waits for one answer. */
final class Waiter {

    private static final long YIELD_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private static volatile boolean yields;

    private final Thread thread = Thread.currentThread();
    private volatile boolean answered;
    private volatile boolean failed;

    /** Whether callers yield for a moment before they park. */
    static void yields(boolean whether) {
        yields = whether;
    }

    void answer() {
        answered = true;
        LockSupport.unpark(thread);
    }

    void fail() {
        failed = true;
        answer();
    }

    /** Waits; tells whether there is an answer. */
    boolean await() {
        long startedNanos = System.nanoTime();
        while (yields && !answered && System.nanoTime() - startedNanos < YIELD_NANOS) {
            Thread.yield();
        }
        while (!answered) {
            LockSupport.park(this);
        }
        return !failed;
    }
}
