package dev.hypercache.transport.undertow;

/**
 * When a connection makes room for a new one, because the key or the certificates that it was made with are used no more: nothing
 * new is begun on it, what is under way may still be answered, and then it ends, at the latest when a grace is over. Once and for
 * all; safe for use by any threads.
 */
final class Retirement {

    private final MuxConnection connection;
    private volatile String reason = "";
    private volatile long endsNanos;
    private volatile boolean begun;

    Retirement(MuxConnection connection) {
        this.connection = connection;
    }

    /** Begins it, and tells the peer; does nothing the second time. */
    void begin(long untilNanos, String why) {
        synchronized (this) {
            if (begun) {
                return;
            }
            endsNanos = untilNanos;
            reason = why;
            begun = true;
        }
        connection.side().retired();
        connection.goAway();
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
