package dev.hypercache.spi.transport;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Peer;

/**
 * One node's door to the others (TRANSPORT §3).
 *
 * <p>Life: a {@link TransportFactory} makes it, {@link #start} binds, {@link #close} ends it; before {@link #start} there is
 * neither thread nor socket. Methods may be called by any thread.
 */
public interface Transport extends AutoCloseable {

    /**
     * Binds and begins to accept peers.
     *
     * @param listener who receives what peers send
     * @return the address that was bound, with the real port
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
