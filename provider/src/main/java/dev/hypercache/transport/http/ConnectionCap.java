package dev.hypercache.transport.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/** Bounds the connections of one port, in all and from each address; closes at once what is beyond. */
final class ConnectionCap implements ChannelListener<StreamConnection> {

    private final ChannelListener<StreamConnection> next;
    private final HttpLimits.Connections limits;
    private final Runnable onRefusal;
    /** One entry for each address with an open connection; guarded by itself. */
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();

    private int open;

    ConnectionCap(ChannelListener<StreamConnection> next, HttpLimits.Connections limits, Runnable onRefusal) {
        this.next = next;
        this.limits = limits;
        this.onRefusal = onRefusal;
    }

    @Override
    public void handleEvent(StreamConnection channel) {
        InetAddress from = addressOf(channel);
        if (from == null || !enter(from)) {
            onRefusal.run();
            IoUtils.safeClose(channel);
            return;
        }
        channel.setCloseListener(closed -> leave(from));
        next.handleEvent(channel);
    }

    private static @Nullable InetAddress addressOf(StreamConnection channel) {
        return channel.getPeerAddress() instanceof InetSocketAddress address ? address.getAddress() : null;
    }

    private boolean enter(InetAddress from) {
        synchronized (byAddress) {
            int present = byAddress.getOrDefault(from, 0);
            if (open >= limits.max() || present >= limits.perAddressMax()) {
                return false;
            }
            open++;
            byAddress.put(from, present + 1);
            return true;
        }
    }

    private void leave(InetAddress from) {
        synchronized (byAddress) {
            open--;
            byAddress.computeIfPresent(from, (address, present) -> present == 1 ? null : present - 1);
        }
    }
}
