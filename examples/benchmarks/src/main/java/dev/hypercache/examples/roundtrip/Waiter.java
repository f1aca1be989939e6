package dev.hypercache.examples.roundtrip;

import java.util.concurrent.locks.LockSupport;

/** A caller that waits for one answer. */
final class Waiter {

    private final Thread thread = Thread.currentThread();
    private volatile boolean answered;
    private volatile boolean failed;

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
        while (!answered) {
            LockSupport.park(this);
        }
        return !failed;
    }
}
