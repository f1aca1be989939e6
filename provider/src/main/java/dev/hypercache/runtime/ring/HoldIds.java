package dev.hypercache.runtime.ring;

import java.util.concurrent.atomic.AtomicLong;

/** Numbers the holds of one node from 1. */
final class HoldIds {

    private final AtomicLong last = new AtomicLong();

    long next() {
        return last.incrementAndGet();
    }
}
