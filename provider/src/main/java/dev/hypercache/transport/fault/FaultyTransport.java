package dev.hypercache.transport.fault;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportCounts;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A transport with faults around any other transport.
 *
 * <pre>{@code
 * Faults faults = Faults.of(FaultPlan.seeded(42).build());
 * TransportOptions options = TransportOptions.withDefaults(id, address);
 * Transport transport = new FaultyTransport(network.transportFor(options), options, faults);
 * }</pre>
 *
 * <p>Faults meet what this node sends and the replies to its calls, each by the rules of its own direction. Give every
 * node of the network a faulty transport with the same {@link Faults}, and every message meets them exactly once.
 *
 * <ul>
 *   <li>A <b>lost request</b> never reaches the peer; a <b>lost reply</b> leaves its request executed. Either way the caller
 *       hears nothing until its time is over: {@code TimedOut(maybeExecuted = true)}.
 *   <li>A <b>lost post</b> is lost without a word: {@link PeerLink#post} and {@link #post} return true.
 *   <li>A <b>duplicated</b> request or post reaches the listener twice. The first reply is the caller's.
 *   <li>A <b>delay</b> keeps the order of each lane. A request that is held back longer than its time still reaches the
 *       peer, after the caller has given up, as in a real network.
 *   <li>A <b>reordered</b> message stays behind while later ones of its lane pass.
 *   <li>A <b>cut</b> loses everything in its direction, and resets no connection: peers learn of it by silence alone.
 * </ul>
 *
 * <p>Failures that the other transport reports are passed on. What is held back is bounded for each link by
 * {@link TransportOptions}: beyond {@code bytesInFlightMax} a call fails as overloaded, a post is dropped, and a reply is
 * lost. What is sent back to a client has bounds of its own. One daemon thread, from {@link #start} to {@link #close}, does what is delayed.
 */
public final class FaultyTransport implements Transport {

    private final Transport transport;
    private final TransportOptions options;
    private final Faults faults;
    private final DelayLine line;
    /** Grows by links that are not closed. */
    private final Map<Peer, FaultyLink> links = new ConcurrentHashMap<>();
    /** Grows by clients that are connected. */
    private final Map<RemotePeer, FaultyWay> waysBack = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /**
     * Puts faults around a transport.
     *
     * @param transport who carries the messages; not started yet
     * @param options what it was made with
     * @param faults what happens to them
     */
    public FaultyTransport(Transport transport, TransportOptions options, Faults faults) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.options = Objects.requireNonNull(options, "options");
        this.faults = Objects.requireNonNull(faults, "faults");
        this.line = new DelayLine("hypercache-fault-" + options.self().name());
    }

    @Override
    public Address start(TransportListener listener) {
        Address address = transport.start(new ClientNews(this, listener));
        line.start();
        return address;
    }

    @Override
    public PeerLink link(Peer peer) {
        PeerLink inner = transport.link(peer);
        return links.compute(
                peer, (wanted, known) -> known != null && known.isAround(inner) ? known : new FaultyLink(this, inner));
    }

    /** A client has come. */
    void joined(RemotePeer client) {
        Direction direction = new Direction(options.self().name(), client.id().name());
        HeldBytes held = new HeldBytes(options.bytesInFlightMax());
        waysBack.put(client, new FaultyWay(line, faults.dice(direction, false), held));
    }

    /** A peer has gone; what is held back for it is lost. */
    void left(RemotePeer peer) {
        FaultyWay way = waysBack.remove(peer);
        if (way != null) {
            way.renew();
        }
    }

    @Override
    public boolean post(RemotePeer client, Frame message, int lane) {
        client.requireClient();
        FaultyWay way = closed ? null : waysBack.get(client);
        if (way == null) {
            return false;
        }
        requireFits(message);
        FaultyPost post = new FaultyPost(() -> transport.post(client, message, lane));
        return way.pass(lane, message.length(), post) && post.wasAccepted();
    }

    void requireFits(Frame frame) {
        int most = options.frameBytesMax();
        if (frame.length() > most) {
            throw new IllegalArgumentException("The frame has " + frame.length() + " bytes, but frameBytesMax is "
                    + most + ". Send it in chunks.");
        }
    }

    void forget(FaultyLink link) {
        links.remove(link.peer(), link);
    }

    boolean isClosed() {
        return closed;
    }

    TransportOptions options() {
        return options;
    }

    Faults faults() {
        return faults;
    }

    DelayLine line() {
        return line;
    }

    @Override
    public TransportCounts counts() {
        return transport.counts();
    }

    @Override
    public void close() {
        closed = true;
        transport.close();
        line.close();
        for (FaultyLink link : links.values()) {
            link.failPending("the transport was closed");
        }
    }
}
