package dev.hypercache.transport.undertow;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes wait to leave for one peer, and how many may. Safe for use by any threads. */
final class ByteBudget {

    private final long max;
    private final AtomicLong waiting = new AtomicLong();

    ByteBudget(long max) {
        this.max = max;
    }

    /** Takes a part of it; one message may always wait, however large. */
    boolean reserve(long cost) {
        long all = waiting.addAndGet(cost);
        if (all > max && all != cost) {
            waiting.addAndGet(-cost);
            return false;
        }
        return true;
    }

    /** Gives a part back: a message waits no more. */
    void release(long cost) {
        waiting.addAndGet(-cost);
    }
}
