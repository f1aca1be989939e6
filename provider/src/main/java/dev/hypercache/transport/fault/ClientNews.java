package dev.hypercache.transport.fault;

import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Responder;
import dev.hypercache.spi.transport.TransportListener;
import java.nio.ByteBuffer;

/** Passes everything on to a node's listener, and tells a transport of the clients that come and go, before the listener. */
final class ClientNews implements TransportListener {

    private final FaultyTransport transport;
    private final TransportListener listener;

    ClientNews(FaultyTransport transport, TransportListener listener) {
        this.transport = transport;
        this.listener = listener;
    }

    @Override
    public void onCall(RemotePeer from, ByteBuffer request, long timeoutNanos, Responder responder) {
        listener.onCall(from, request, timeoutNanos, responder);
    }

    @Override
    public void onPost(RemotePeer from, ByteBuffer message) {
        listener.onPost(from, message);
    }

    @Override
    public boolean allows(RemotePeer from, ByteBuffer message) {
        return listener.allows(from, message);
    }

    @Override
    public void onConnected(RemotePeer peer) {
        if (peer.role() == Role.CLIENT) {
            transport.joined(peer);
        }
        listener.onConnected(peer);
    }

    @Override
    public void onDisconnected(RemotePeer peer, boolean reset) {
        transport.left(peer);
        listener.onDisconnected(peer, reset);
    }
}
