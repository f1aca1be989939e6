package dev.hypercache.transport.fault;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes are held back for one peer, and how many may be. Safe for use by any threads. */
final class HeldBytes {

    private static final int HEADER_BYTES = 16;

    private final long max;
    private final AtomicLong bytes = new AtomicLong();

    HeldBytes(long max) {
        this.max = max;
    }

    /** A message of that length is to be held back: false if there is no room. One may always be held, however large. */
    boolean reserve(long length) {
        long cost = length + HEADER_BYTES;
        long all = bytes.addAndGet(cost);
        if (all > max && all != cost) {
            bytes.addAndGet(-cost);
            return false;
        }
        return true;
    }

    /** A message of that length is held back no more. */
    void release(long length) {
        bytes.addAndGet(-length - HEADER_BYTES);
    }
}
