package dev.hypercache.runtime.ring;

import dev.hypercache.config.Settings;
import dev.hypercache.core.control.ControlState;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.Levels;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingDefinitions;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.telemetry.MetricSource;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.List;

/**
 * A caller of a ring that holds no data and has no vote. It follows what the members agreed on, places keys itself and asks leaders and
 * replicas directly.
 *
 * <p>Life: {@link #create} → {@link #start} → {@link #close}. Threads: those of the transport, and one for what is due.
 */
public final class ClientNode implements RingNode {

    /** A client listens nowhere. */
    private static final Address NOWHERE = new Address("client", 0);

    private final NodeId id;
    private final ControlPlane control;
    private final Transport transport;
    private final ClientDoor door;
    private final NodeParts parts;
    private final ClientRegistry registry;
    private final RingTimer timer;
    private final NodeGauges gauges;
    private boolean closed;

    private ClientNode(NodeId id, ControlPlane control, Made made) {
        this.id = id;
        this.control = control;
        this.parts = made.parts();
        this.transport = parts.links().transport();
        this.door = made.door();
        this.registry = made.registry();
        this.timer = made.timer();
        this.gauges = made.gauges();
    }

    /** What a client is put together from. */
    private record Made(
            NodeParts parts, ClientDoor door, ClientRegistry registry, RingTimer timer, NodeGauges gauges) {}

    /**
     * Makes a client that talks to nobody yet.
     *
     * @param id who it is, with an incarnation of its own making
     * @param ground what it stands on; its topology gives what the ring agreed on from the first read on
     * @param uses has members use caches on its behalf
     */
    public static ClientNode create(
            NodeId id, MemberNode.Ground ground, ClientUses uses, Settings settings, NodeMetrics metrics) {
        ControlPlane control =
                new ControlPlane(ground.topology(), settings.requestTimeout().toMillis());
        MemberNotes notes = new MemberNotes();
        control.start(notes::advanced);
        NodeLog log = NodeLog.of(ClientNode.class, id.name());
        NodeFoundation foundation = new NodeFoundation(ground, control, settings, new RingMetrics(metrics.node()), log);
        return new ClientNode(id, control, assemble(id, foundation, notes, new ClientRegistry(control, uses, log)));
    }

    private static Made assemble(NodeId id, NodeFoundation foundation, MemberNotes notes, ClientRegistry registry) {
        ControlPlane control = foundation.control();
        ControlState state = control.state();
        Members members = Members.forClient(state);
        MemberLinks links = foundation.links(foundation.options(id, NOWHERE).asClient(), members);
        PeerWatch watch = new PeerWatch(members, foundation.clock(), notes::suspicionsChanged, () -> {});
        SlotHost host = foundation.host(links, watch, notes);
        SlotCells cells = new SlotCells(state.slots(), host);
        RingFollower follower = new RingFollower(control, state, host, cells, () -> {});
        host.losses().follow(state);
        follower.listen(host.losses()::follow);
        DigestReads digests = new DigestReads(false, host);
        Admission admission = foundation.admission(id.name());
        RingChores chores = new RingChores(follower, () -> {}, digests, () -> {}, admission);
        RingTimer timer = new RingTimer(id.name(), cells, chores, host);
        notes.wake(follower, timer);
        NodeParts parts = foundation.parts(host, cells, digests, registry, admission);
        NodeGauges gauges = foundation.gauges(parts, null, new Deaths(foundation.clock()), watch);
        return new Made(parts, new ClientDoor(host, cells, control), registry, timer, gauges);
    }

    /** Lets a source answer for what clients know by themselves, which is that of {@link #gauges} of the present one. */
    public static void supply(NodeMetrics metrics, MetricSource source) {
        new RingMetrics(metrics.node()).supply(source);
    }

    /** What this client knows by itself and telemetry asks for. */
    public MetricSource gauges() {
        return gauges;
    }

    /** Begins to follow the ring and to serve callers. */
    public void start() {
        Address unused = transport.start(door);
        timer.start();
    }

    /** Who this client is, in which of its lives. */
    public NodeId id() {
        return id;
    }

    /** What the ring has agreed on, as far as this client knows. */
    public ControlState agreed() {
        return control.state();
    }

    /** What is open here, each use once. */
    public List<ClientUses.Use> uses() {
        return registry.uses();
    }

    @Override
    public int ringId(String cacheName, CacheTraits traits) {
        return registry.join(cacheName, traits, cache -> {});
    }

    @Override
    public void quit(int cache, CacheTraits traits) {
        registry.quit(cache, traits, true);
    }

    @Override
    public RingDefinitions definitions() {
        return registry;
    }

    @Override
    public RingClient openCache(CacheSpec spec) {
        parts.open(spec);
        return new MemberClient(spec, parts, Levels.QUORUM);
    }

    /** A client operates no ring. */
    @Override
    public RingOperations operations() {
        throw new UnsupportedOperationException(
                "this node is a client: it operates no ring. Ask a member, by its HTTP port or its own manager.");
    }

    /** Lets callers go who still wait, and ends every thread. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        parts.admission().close();
        timer.close();
        parts.cells().close();
        transport.close();
        control.close();
    }

    @Override
    public String toString() {
        return "ClientNode[" + id + "]";
    }
}
