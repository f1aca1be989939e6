package dev.hypercache.transport.undertow;

/**
 * When a connection makes room for a new one, because the key or the certificates that it was made with are used no more: nothing
 * new is begun on it, what is under way may still be answered, and then it ends, at the latest when a grace is over. Once and for
 * all; safe for use by any threads.
 */
final class Retirement {

    private volatile String reason = "";
    private volatile long endsNanos;
    private volatile boolean begun;

    /** Begins it; false if it has begun before. */
    synchronized boolean begin(long untilNanos, String why) {
        if (begun) {
            return false;
        }
        endsNanos = untilNanos;
        reason = why;
        begun = true;
        return true;
    }

    /** Whether nothing new is begun. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the grace is over. */
    boolean isOver(long nowNanos) {
        return begun && nowNanos - endsNanos >= 0;
    }

    /** Why the connection ends. */
    String reason() {
        return reason;
    }
}
