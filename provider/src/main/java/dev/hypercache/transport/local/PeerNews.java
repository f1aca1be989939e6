package dev.hypercache.transport.local;

import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.TransportListener;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Who came and who went, told to the listener in the order in which it happened.
 *
 * <p>Every thread of the node tells what is new before it serves a frame, so a peer's frames never come before the news of
 * its connection. While one thread tells, the others wait.
 */
final class PeerNews implements Delivery {

    private final TransportListener listener;
    /** Grows by connections that begin and end, not by frames; a thread of the node empties it. */
    private final Queue<Item> items = new ConcurrentLinkedQueue<>();

    PeerNews(TransportListener listener) {
        this.listener = listener;
    }

    void add(Item item) {
        items.add(item);
    }

    @Override
    public void deliver() {
        // An item stays until it was told: an empty queue means that nobody is still telling.
        if (!items.isEmpty()) {
            tellAll();
        }
    }

    @Override
    public void abandon() {}

    private synchronized void tellAll() {
        for (Item next = items.peek(); next != null; next = items.peek()) {
            try {
                tell(next);
            } finally {
                items.remove();
            }
        }
    }

    private void tell(Item item) {
        if (item.connected()) {
            listener.onConnected(item.peer());
        } else {
            listener.onDisconnected(item.peer(), item.reset());
        }
    }

    /** One piece of news. */
    record Item(RemotePeer peer, boolean connected, boolean reset) {}
}
