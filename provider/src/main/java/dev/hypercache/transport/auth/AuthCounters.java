package dev.hypercache.transport.auth;

import java.util.concurrent.atomic.LongAdder;

/** What the authentication of one port counts. Safe for use by any threads. */
public final class AuthCounters {

    private final LongAdder rejected = new LongAdder();
    private final LongAdder denied = new LongAdder();
    private final LongAdder full = new LongAdder();
    private final LongAdder handshakeFailures = new LongAdder();
    private final LongAdder reloads = new LongAdder();
    private final LongAdder reloadFailures = new LongAdder();

    /** A caller was turned away. */
    public void rejected(Rejection why) {
        if (why == Rejection.ROLE) {
            denied.increment();
        } else if (why == Rejection.HANDSHAKE) {
            handshakeFailures.increment();
        } else {
            rejected.increment();
        }
        if (why == Rejection.REPLAY_MEMORY_FULL) {
            full.increment();
        }
    }

    /** Keys, certificates or tokens were read anew. */
    public void reloaded() {
        reloads.increment();
    }

    /** They could not be read anew. */
    public void reloadFailed() {
        reloadFailures.increment();
    }

    /** Callers and peers whose proof was missing or not believed, or who belong elsewhere. */
    public long rejectedCount() {
        return rejected.sum();
    }

    /** Callers whose role may not do what they asked for. */
    public long deniedCount() {
        return denied.sum();
    }

    /** Callers that were turned away because the memory of nonces was full. */
    public long fullCount() {
        return full.sum();
    }

    /** Connections that ended before their TLS handshake was complete. */
    public long handshakeFailureCount() {
        return handshakeFailures.sum();
    }

    /** Times that keys, certificates or tokens were read anew. */
    public long reloadCount() {
        return reloads.sum();
    }

    /** Times that they could not be. */
    public long reloadFailureCount() {
        return reloadFailures.sum();
    }
}
