package dev.hypercache.transport.local;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One open node of the network: its listener, its threads and its links. */
final class LocalNode {

    /** How long what was sent may take to arrive when the node says good-bye. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long FAREWELL_POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** How long a listener that does not return can hold up the end of its node. */
    private static final long END_TIMEOUT_MILLIS = 10_000;

    private static final int LANE_MIXER = 0x9E3779B9;

    private final Switchboard switchboard;
    private final TransportOptions options;
    private final Address address;
    private final TransportListener listener;
    private final RemotePeer asPeer;
    private final PeerNews news;
    /** Those of the lanes for data, and behind them that of the lane for control. */
    private final List<DeliveryThread> threads = new ArrayList<>();
    /** Grows by links that are not closed. */
    private final Map<Peer, LocalLink> links = new ConcurrentHashMap<>();
    /** The connection that each client has dialled; the clients' links bound them. */
    private final Map<RemotePeer, LocalConnection> clients = new ConcurrentHashMap<>();
    /** How many connections each peer has with this node; guarded by the switchboard's lock. */
    private final Map<RemotePeer, Integer> connectionsByPeer = new HashMap<>();

    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean leaving;

    LocalNode(
            Switchboard switchboard,
            TransportOptions options,
            Address address,
            TransportListener listener,
            int threadCount) {
        this.switchboard = switchboard;
        this.options = options;
        this.address = address;
        this.listener = listener;
        this.asPeer = options.asPeer();
        this.news = new PeerNews(listener);
        for (int i = 0; i <= threadCount; i++) {
            threads.add(new DeliveryThread("hypercache-local-" + options.self().name() + "-" + i, news));
        }
    }

    void start() {
        for (DeliveryThread thread : threads) {
            thread.start();
        }
    }

    NodeId self() {
        return options.self();
    }

    Address address() {
        return address;
    }

    TransportOptions options() {
        return options;
    }

    TransportListener listener() {
        return listener;
    }

    RemotePeer asPeer() {
        return asPeer;
    }

    Switchboard switchboard() {
        return switchboard;
    }

    /** Whether the node still receives. */
    boolean isServing() {
        return !ended.get();
    }

    /** Whether the node may still begin to send. */
    boolean isOpen() {
        return !leaving && !ended.get();
    }

    /**
     * The way to a peer.
     *
     * @return null if the node is not open
     */
    @Nullable
    LocalLink link(Peer peer) {
        return isOpen() ? links.computeIfAbsent(peer, wanted -> new LocalLink(this, wanted)) : null;
    }

    void forget(LocalLink link) {
        links.remove(link.peer(), link);
    }

    /** Hands something to the thread that owns the lane. */
    void deliver(int lane, Delivery delivery) {
        int ofData = threads.size() - 1;
        int mixed = lane * LANE_MIXER;
        int owner = lane == PeerLink.CONTROL_LANE ? ofData : Integer.remainderUnsigned(mixed ^ (mixed >>> 16), ofData);
        threads.get(owner).add(delivery);
    }

    /** Copies a frame that leaves this node. */
    byte[] copy(Frame frame) {
        ByteBuffer head = frame.head().buffer();
        ByteBuffer value = frame.value().buffer();
        byte[] copy = new byte[head.remaining() + value.remaining()];
        int headLength = head.remaining();
        head.get(copy, 0, headLength);
        value.get(copy, headLength, copy.length - headLength);
        switchboard.count(copy.length);
        return copy;
    }

    void requireFits(Frame frame) {
        if (frame.length() > options.frameBytesMax()) {
            throw new IllegalArgumentException("The frame has " + frame.length() + " bytes, but frameBytesMax is "
                    + options.frameBytesMax() + ". Send it in chunks.");
        }
    }

    /** Sends a message back to a client; false if it is dropped at once. */
    boolean post(RemotePeer client, Frame message, int lane) {
        if (!isOpen()) {
            return false;
        }
        requireFits(message);
        LocalConnection connection = clients.get(client);
        return connection != null && connection.sendBack(message, lane);
    }

    /** A client has dialled; called under the switchboard's lock. */
    void reachedBy(LocalConnection connection) {
        clients.put(connection.source().asPeer, connection);
    }

    /** A client has gone; called under the switchboard's lock. */
    void reachedNoMoreBy(LocalConnection connection) {
        clients.remove(connection.source().asPeer, connection);
    }

    /** A connection with a peer began; called under the switchboard's lock. */
    void joined(LocalNode peer) {
        if (connectionsByPeer.merge(peer.asPeer, 1, Integer::sum) == 1) {
            tell(new PeerNews.Item(peer.asPeer, true, false));
        }
    }

    /** A connection with a peer ended; called under the switchboard's lock. */
    void left(LocalNode peer, boolean reset) {
        if (connectionsByPeer.merge(peer.asPeer, -1, Integer::sum) == 0) {
            connectionsByPeer.remove(peer.asPeer);
            tell(new PeerNews.Item(peer.asPeer, false, reset));
        }
    }

    private void tell(PeerNews.Item item) {
        if (isServing()) {
            news.add(item);
            threads.get(0).addNews();
        }
    }

    /** Says good-bye: sends nothing more, waits until what was sent has arrived, ends. */
    void leave() {
        leaving = true;
        switchboard.hide(this);
        long start = System.nanoTime();
        while (hasFramesUnderWay()
                && System.nanoTime() - start < FAREWELL_NANOS
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, FAREWELL_POLL_NANOS);
        }
        end(false);
    }

    private boolean hasFramesUnderWay() {
        for (LocalLink link : links.values()) {
            if (link.hasFramesUnderWay()) {
                return true;
            }
        }
        for (LocalConnection client : clients.values()) {
            if (client.hasFramesBack()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Ends the node. A thread of its own that ends it is not waited for, nor are the others then.
     *
     * @return false if it ended before
     */
    boolean end(boolean reset) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        switchboard.remove(this, reset);
        boolean fromWithin = false;
        for (DeliveryThread thread : threads) {
            thread.end();
            fromWithin |= thread.isCurrent();
        }
        if (!fromWithin) {
            awaitThreads();
        }
        for (DeliveryThread thread : threads) {
            thread.abandonRest();
        }
        return true;
    }

    private void awaitThreads() {
        long limitMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) + END_TIMEOUT_MILLIS;
        try {
            for (DeliveryThread thread : threads) {
                thread.join(Math.max(1, limitMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
