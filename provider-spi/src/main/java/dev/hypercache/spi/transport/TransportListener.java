package dev.hypercache.spi.transport;

import java.nio.ByteBuffer;

/**
 * Receives what peers send.
 *
 * <p>Called on threads that serve connections, many at once, but one call at a time for each lane of each peer and in that
 * lane's order. Every method returns soon: it never waits for a lock held over the network, for user code or for another
 * call (a reply would need the very thread that waits). None throws.
 */
public interface TransportListener {

    /**
     * A peer asks.
     *
     * @param from who asks, as the connection was authenticated
     * @param request the frame's bytes, big-endian; valid during this call only
     * @param timeoutNanos how long the peer still waits, counted from now, 1 or more
     * @param responder takes the reply, now or later
     */
    void onCall(RemotePeer from, ByteBuffer request, long timeoutNanos, Responder responder);

    /**
     * A peer sent a message that wants no reply. At a client it is a member that sends it back.
     *
     * @param from who sent it, as the connection was authenticated
     * @param message the frame's bytes, big-endian; valid during this call only
     */
    void onPost(RemotePeer from, ByteBuffer message);

    /**
     * Tells whether a peer that is no member may send a message; asked before it is handed over. A connection that carries one
     * that may not is cut off.
     *
     * @param from who sent it, as the connection was authenticated; its role is not {@code MEMBER}
     * @param message the frame's bytes, big-endian; valid during this call only
     * @return false unless a listener knows better: what no role is given is denied
     */
    default boolean allows(RemotePeer from, ByteBuffer message) {
        return false;
    }

    /**
     * The first connection with a peer came about, whoever dialled.
     *
     * @param peer who it is
     */
    void onConnected(RemotePeer peer);

    /**
     * The last connection with a peer is gone. A reset is news that comes long before any probe fails.
     *
     * @param peer who it was
     * @param reset true if the peer's side ended it abruptly, as the death of a process does; false after a good-bye, a
     *     time-out or a close on this side
     */
    void onDisconnected(RemotePeer peer, boolean reset);
}
