package dev.hypercache.spi.transport;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Peer;

/**
 * One node's door to the others (TRANSPORT §3).
 *
 * <p>Life: a {@link TransportFactory} makes it, {@link #start} binds, {@link #close} ends it; before {@link #start} there is
 * neither thread nor socket. Methods may be called by any thread.
 *
 * <p><b>Clients.</b> A transport whose {@linkplain TransportOptions#role role} is that of a client dials and never listens: it
 * binds nothing and serves nothing but the connections that it dialled. Since nobody can dial a client, a member reaches it by
 * {@link #post} over those.
 */
public interface Transport extends AutoCloseable {

    /**
     * Binds and begins to accept peers; a client only begins.
     *
     * @param listener who receives what peers send
     * @return the address that was bound, with the real port; of a client the one in its options, which it does not bind
     * @throws TransportException if the address cannot be bound; the message names it
     * @throws IllegalStateException if started or closed before
     */
    Address start(TransportListener listener);

    /**
     * Returns the way to a peer. Dials nothing yet: the first call does, and after a loss the next one dials anew, with a
     * back-off that grows. The same peer gives the same link until that is closed.
     *
     * @param peer whom to reach, in the incarnation that is meant; another incarnation at the address is refused
     * @return the link
     * @throws IllegalStateException before {@link #start} or after {@link #close}
     */
    PeerLink link(Peer peer);

    /**
     * Sends a message back to a client, over a connection that the client dialled: that of the lane if it has dialled that one, else
     * any. The client gets it by {@link TransportListener#onPost}. It may be lost without a word.
     *
     * <p>Order and bounds are those of {@link PeerLink#post}: messages of one lane arrive in the order of the calls as long as no
     * connection is lost or renewed between them, and what a client does not take is dropped beyond {@link
     * TransportOptions#bytesInFlightMax}, to the harm of nobody else. {@link PeerLink#CONTROL_LANE} has a bound of its own here, too.
     *
     * @param client whom to send it to, as {@link TransportListener#onConnected} named it
     * @param message what to send
     * @param lane any number; equal numbers keep their order
     * @return false if the message was dropped at once: the client has no connection with this node, too much is under way, or
     *     the transport is not open or sends nothing back
     * @throws IllegalArgumentException if the peer is no client, or the frame exceeds {@link TransportOptions#frameBytesMax}
     */
    default boolean post(RemotePeer client, Frame message, int lane) {
        return false;
    }

    /**
     * Returns what the transport did so far.
     *
     * @return the counts now; {@link TransportCounts#NONE} of a transport that does not count
     */
    default TransportCounts counts() {
        return TransportCounts.NONE;
    }

    /**
     * Says good-bye, gives replies under way up to a second to leave, then closes every connection and the door. Calls still
     * pending fail with {@link CallFailure.ConnectionLost}. Once this returned, no listener is called any more and no thread
     * of the transport runs. Does nothing the second time.
     */
    @Override
    void close();
}
