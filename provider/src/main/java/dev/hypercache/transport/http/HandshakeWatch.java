package dev.hypercache.transport.http;

import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.RejectedCallerException;
import dev.hypercache.transport.auth.Rejection;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.StreamConnection;
import org.xnio.ssl.SslConnection;

/**
 * Counts and writes down accepted connections that end before their TLS handshake is complete: nobody else hears of them, since no
 * request comes of it. Why a handshake failed is not known here; TLS tells the peer by an alert.
 */
final class HandshakeWatch {

    private final PortSecurity security;
    private final String peer;
    private volatile boolean complete;

    private HandshakeWatch(PortSecurity security, String peer) {
        this.security = security;
        this.peer = peer;
    }

    /**
     * Watches a connection, on which nothing was read yet.
     *
     * @param plain the connection below TLS; whoever hears of its end still does
     * @param secured the same with TLS around it
     */
    static void watch(StreamConnection plain, SslConnection secured, PortSecurity security) {
        HandshakeWatch watch = new HandshakeWatch(security, String.valueOf(plain.getPeerAddress()));
        ChannelListener<? super StreamConnection> known = plain.getCloseListener();
        plain.setCloseListener(closed -> {
            watch.ended();
            ChannelListeners.invokeChannelListener(closed, known);
        });
        secured.getHandshakeSetter().set(done -> watch.complete = true);
    }

    private void ended() {
        if (!complete) {
            security.reject(
                    new RejectedCallerException(
                            Rejection.HANDSHAKE, "the connection ended before its TLS handshake did"),
                    peer);
        }
    }
}
