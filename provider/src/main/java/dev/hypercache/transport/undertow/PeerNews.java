package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.RemotePeer;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Who came and who went, told to the listener in the order in which it happened.
 *
 * <p>Counts the connections with each peer: the first and the last are news. A connection tells what is new before it serves
 * its first frame, so a peer's frames never come before the news of its connection; while one thread tells, others wait.
 */
final class PeerNews {

    private final Listening listening;
    /** One entry for each peer that is connected; guarded by itself, as is the order of what is added to the news. */
    private final Map<RemotePeer, Integer> connections = new HashMap<>();
    /** Grows by connections that begin and end, and is emptied by the thread that adds. */
    private final Queue<Item> items = new ConcurrentLinkedQueue<>();

    private final Object telling = new Object();

    private record Item(RemotePeer peer, boolean connected, boolean reset) {}

    PeerNews(Listening listening) {
        this.listening = listening;
    }

    /** A connection with a peer came about; its thread serves connections. */
    void joined(RemotePeer peer) {
        synchronized (connections) {
            if (connections.merge(peer, 1, Integer::sum) == 1) {
                items.add(new Item(peer, true, false));
            }
        }
        tellAll();
    }

    /** A connection with a peer is gone. */
    void left(RemotePeer peer, boolean reset) {
        synchronized (connections) {
            if (connections.merge(peer, -1, Integer::sum) == 0) {
                connections.remove(peer);
                items.add(new Item(peer, false, reset));
            }
        }
        tellAll();
    }

    private void tellAll() {
        synchronized (telling) {
            for (Item next = items.poll(); next != null; next = items.poll()) {
                if (next.connected()) {
                    listening.connected(next.peer());
                } else {
                    listening.disconnected(next.peer(), next.reset());
                }
            }
        }
    }
}
