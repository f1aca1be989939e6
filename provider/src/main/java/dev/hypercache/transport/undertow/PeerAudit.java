package dev.hypercache.transport.undertow;

import dev.hypercache.transport.auth.RejectedCallerException;
import dev.hypercache.transport.auth.Rejection;
import dev.hypercache.transport.undertow.wire.Refusal;

/**
 * Counts and writes down that the peer of a connection is not let in or is cut off (SECURITY R9, R12). To end the connection is up
 * to whoever found that out.
 */
final class PeerAudit {

    private PeerAudit() {}

    /**
     * The peer did what it may not.
     *
     * @param detail what was found; no secret
     */
    static void reject(MuxConnection connection, Rejection why, String detail) {
        String caller = connection.end().caller().name();
        connection
                .node()
                .security()
                .reject(new RejectedCallerException(why, detail), connection.peerAddress(), "caller", caller);
    }

    /** The peer's greeting is answered by a refusal. Who only comes too late is no matter of the audit log. */
    static void refuse(MuxConnection connection, Refusal refusal) {
        switch (refusal.status()) {
            case Refusal.CLUSTER, Refusal.RING, Refusal.GENERATION ->
                reject(connection, Rejection.OTHER_CLUSTER, refusal.reason());
            case Refusal.LEAVING -> {
                // The node is about to end; the peer did nothing wrong.
            }
            default -> reject(connection, Rejection.GREETING, refusal.reason());
        }
    }
}
