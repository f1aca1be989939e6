package dev.hypercache.transport.local;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The life of one node's door: not started, open, closed. What is open is a {@link LocalNode}. */
final class LocalTransport implements Transport {

    private final Switchboard switchboard;
    private final TransportOptions options;
    private final int threads;

    private @Nullable LocalNode node;
    private boolean closed;

    LocalTransport(Switchboard switchboard, TransportOptions options, int threads) {
        this.switchboard = switchboard;
        this.options = options;
        this.threads = threads;
    }

    @Override
    public synchronized Address start(TransportListener listener) {
        Objects.requireNonNull(listener, "listener");
        if (closed || node != null) {
            throw new IllegalStateException("The transport of " + options.self() + " was "
                    + (closed ? "closed" : "started") + " before. Make a new one.");
        }
        LocalNode opened = switchboard.open(options, listener, threads);
        node = opened;
        return opened.address();
    }

    @Override
    public PeerLink link(Peer peer) {
        Objects.requireNonNull(peer, "peer");
        LocalNode opened = opened();
        PeerLink link = opened == null ? null : opened.link(peer);
        if (link == null) {
            throw new IllegalStateException(
                    "The transport of " + options.self() + " is not open: no way to " + peer + ".");
        }
        return link;
    }

    @Override
    public boolean post(RemotePeer client, Frame message, int lane) {
        client.requireClient();
        LocalNode opened = opened();
        return opened != null && opened.post(client, message, lane);
    }

    @Override
    public void close() {
        LocalNode opened;
        synchronized (this) {
            opened = closed ? null : node;
            closed = true;
        }
        if (opened != null) {
            opened.leave();
        }
    }

    private synchronized @Nullable LocalNode opened() {
        return closed ? null : node;
    }
}
