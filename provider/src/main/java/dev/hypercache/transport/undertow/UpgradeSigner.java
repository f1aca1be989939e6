package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Peer;

/** Signs requests for connections. Called by any thread, without waiting. */
interface UpgradeSigner {

    /**
     * Signs a request for a connection with a peer.
     *
     * @param peer whom to ask; its address is the authority
     * @return what to add to the request
     * @throws IllegalStateException if no key signs
     */
    SignedUpgrade sign(Peer peer);
}
