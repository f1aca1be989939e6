package dev.hypercache.examples.refusal;

import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Responder;
import dev.hypercache.spi.transport.TransportListener;
import java.nio.ByteBuffer;

/** The listener of a node that nobody gets through to. */
final class Nobody implements TransportListener {

    @Override
    public void onCall(RemotePeer from, ByteBuffer request, long timeoutNanos, Responder responder) {
        throw new IllegalStateException(from + " got through without a key");
    }

    @Override
    public void onPost(RemotePeer from, ByteBuffer message) {
        throw new IllegalStateException(from + " got through without a key");
    }

    @Override
    public void onConnected(RemotePeer peer) {
        throw new IllegalStateException(peer + " got through without a key");
    }

    @Override
    public void onDisconnected(RemotePeer peer, boolean reset) {}
}
