package dev.hypercache.transport.auth;

/** The host in the address that a peer comes from, whose port is another one each time. */
public final class PeerHost {

    private PeerHost() {}

    /**
     * Cuts off the port.
     *
     * @param peer an address as sockets write it, such as {@code /10.0.0.7:51412}
     * @return what stands before the last colon; all of it if there is none
     */
    public static String of(String peer) {
        int colon = peer.lastIndexOf(':');
        return colon < 0 ? peer : peer.substring(0, colon);
    }
}
