package dev.hypercache.bootstrap;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.core.control.ControlChange;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.control.RingSettings;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.jcache.HyperCachingProvider;
import dev.hypercache.runtime.call.NodeFactory;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.runtime.ring.MerkleSnapshot;
import dev.hypercache.runtime.ring.TopologyEngine;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.storage.CaffeineRetentions;
import dev.hypercache.storage.HeapEntryStores;
import dev.hypercache.telemetry.NodeMetrics;
import dev.hypercache.topology.local.LocalTopology;
import dev.hypercache.transport.local.LocalNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/**
 * A ring of several nodes within this JVM, each behind a cache manager of its own: for tests of applications, and of
 * HyperCache itself.
 *
 * <pre>{@code
 * try (LocalRing ring = LocalRing.of(3)) {
 *     Cache<String, String> cache = ring.manager(0).createCache("books", new MutableConfiguration<>());
 *     Cache<String, String> same = ring.manager(1).createCache("books", new MutableConfiguration<>());
 * }
 * }</pre>
 *
 * <p>The nodes share nothing but a {@link LocalNetwork}, over which they exchange frames as bytes, and a {@link
 * LocalTopology}, which holds the changes that the ring agreed on as bytes. Everything else is as on a ring of processes:
 * threads, time-outs, quorums. A slot has as many replicas as {@code hypercache.replication.factor} says and the ring has nodes;
 * nodes may {@link #join}, {@link #leave}, be {@linkplain #kill killed} and {@link #restart}.
 */
public final class LocalRing implements AutoCloseable {

    private static final int PORT = 7_400;
    private static final long LEADERS_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LEADERS_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TOPOLOGY_TIMEOUT_MILLIS = 10_000;

    private final LocalNetwork network;
    private final TransportFactory transports;
    private final LocalTopology topology;
    private final List<Seat> seats;
    private final Properties properties;

    /** One node with what leads to it. */
    private record Seat(MemberNode node, HyperCachingProvider provider, NodeMetrics metrics) {}

    private LocalRing(
            LocalNetwork network,
            TransportFactory transports,
            LocalTopology topology,
            List<Seat> seats,
            Properties properties) {
        this.network = network;
        this.transports = transports;
        this.topology = topology;
        this.seats = new CopyOnWriteArrayList<>(seats);
        this.properties = (Properties) properties.clone();
    }

    /**
     * Starts a ring with the default settings and 64 slots.
     *
     * @param nodes how many nodes, 1 or more
     */
    public static LocalRing of(int nodes) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "64");
        return of(nodes, properties);
    }

    /**
     * Starts a ring.
     *
     * @param properties settings of all nodes; none of the environment counts
     */
    public static LocalRing of(int nodes, Properties properties) {
        LocalNetwork network = new LocalNetwork();
        return of(nodes, properties, network, network);
    }

    /**
     * Starts a ring on a network of the caller's making.
     *
     * @param network the network
     * @param transports makes the nodes' transports, on that network; a caller may put faults around them
     */
    public static LocalRing of(int nodes, Properties properties, LocalNetwork network, TransportFactory transports) {
        LocalTopology topology = new LocalTopology();
        found(topology, settingsFrom(properties), nodes);
        List<Seat> seats = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            seats.add(seat(nameOf(i), settingsFrom(properties), topology.open(), transports));
        }
        seats.forEach(seat -> seat.node().open());
        seats.forEach(seat -> seat.node().start());
        awaitLeaders(seats, settingsFrom(properties).ringSlots());
        return new LocalRing(network, transports, topology, seats, properties);
    }

    /** A ring that has just been founded is ready for callers; one whose network is down already is not waited for long. */
    private static void awaitLeaders(List<Seat> seats, int slots) {
        long startedNanos = System.nanoTime();
        while (seats.stream().mapToInt(seat -> seat.node().slotsLed()).sum() < slots
                && System.nanoTime() - startedNanos < LEADERS_NANOS) {
            LockSupport.parkNanos(LEADERS_LOOK_NANOS);
        }
    }

    /** Read anew for each node: nodes have no object in common. */
    private static Settings settingsFrom(Properties properties) {
        return Settings.load(ManagerUri.of(null), properties, Sources.none());
    }

    private static String nameOf(int node) {
        return "n" + (node + 1);
    }

    private static void found(LocalTopology topology, Settings settings, int nodes) {
        List<NodeProfile> founders = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            founders.add(profile(nameOf(i), settings));
        }
        RingSettings fixed = new RingSettings(
                new RingId(UUID.randomUUID(), 1), settings.ringSlots(), settings.replicationFactor(), new TreeMap<>());
        ControlChange founding = new ControlChange(UUID.randomUUID(), TopologyPlanner.found(fixed, founders));
        try (TopologyLog log = topology.open()) {
            log.start(index -> {});
            log.append(0, founding.encode(), TOPOLOGY_TIMEOUT_MILLIS)
                    .toCompletableFuture()
                    .join();
        }
    }

    private static NodeProfile profile(String name, Settings settings) {
        return OwnProfile.of(settings, name, new Address(name, PORT));
    }

    private static Seat seat(String name, Settings settings, TopologyLog topology, TransportFactory transports) {
        NodeMetrics metrics = NodeMetrics.create(settings);
        MemberNode node = MemberNode.create(
                name,
                new MemberNode.Ground(
                        topology,
                        TopologyEngine.NONE,
                        transports,
                        new HeapEntryStores(),
                        new CaffeineRetentions(),
                        System::currentTimeMillis),
                settings,
                metrics);
        HyperCachingProvider provider = new HyperCachingProvider(new SeatFactory(node, true));
        return new Seat(node, provider, metrics);
    }

    /**
     * Lets a further node into the ring. It takes its share of the slots from then on.
     *
     * @return its number
     */
    public int join() {
        seats.add(admit(nameOf(seats.size())));
        return seats.size() - 1;
    }

    /** A node that was killed or has left comes back under its name and its number, with nothing in memory. */
    public void restart(int node) {
        provider(node).close();
        seats.get(node).metrics().close();
        seats.set(node, admit(nameOf(node)));
    }

    private Seat admit(String name) {
        Settings settings = settingsFrom(properties);
        MemberNode host = seats.stream()
                .map(Seat::node)
                .filter(node -> !node.isClosed())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node of the ring is left that could admit " + name));
        host.admit(profile(name, settings));
        Seat seat = seat(name, settings, topology.open(), transports);
        seat.node().open();
        seat.node().start();
        return seat;
    }

    /** Whether nothing is left to be moved: each slot has its replicas, nobody is on the way out, and all nodes know it. */
    public boolean isSettled() {
        List<MemberNode> living =
                seats.stream().map(Seat::node).filter(node -> !node.isClosed()).toList();
        long index =
                living.stream().mapToLong(node -> node.agreed().index()).max().orElse(0);
        return living.stream()
                .allMatch(node -> node.agreed().index() == index
                        && node.operations().report().slotsUnderReplicated() == 0
                        && node.agreed().roster().members().stream().noneMatch(Member::draining)
                        && TopologyPlanner.plan(node.agreed()).isSettled());
    }

    /** How many nodes the ring has had seats for. */
    public int size() {
        return seats.size();
    }

    /** The caching provider of a node: its managers, of any URI and class loader, use that node. */
    public HyperCachingProvider provider(int node) {
        return seats.get(node).provider();
    }

    /** Makes managers of other providers use a node. */
    public NodeFactory nodes(int node) {
        return new SeatFactory(seats.get(node).node(), true);
    }

    /** The default cache manager of a node, with the settings that the ring was started with. */
    public CacheManager manager(int node) {
        HyperCachingProvider provider = provider(node);
        return provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader(), properties);
    }

    /** The node itself, below JCache. */
    MemberNode node(int node) {
        return seats.get(node).node();
    }

    /** What a node counts. */
    public NodeMetrics metrics(int node) {
        return seats.get(node).metrics();
    }

    /** The fingerprints of a node's copy of a slot; null if it holds none. */
    public @Nullable MerkleSnapshot merkle(int node, int slot) {
        return node(node).merkle(slot);
    }

    /** Which node it is, in which of its lives. */
    public NodeId id(int node) {
        return seats.get(node).node().id();
    }

    /** The network between the nodes. */
    public LocalNetwork network() {
        return network;
    }

    /** Closes the managers of a node and lets it leave: others take over what it holds. */
    public void leave(int node) {
        provider(node).close();
        seats.get(node).node().close();
    }

    /** Ends a node as the death of its process would: nobody hears a good-bye, and its memory is gone. */
    public void kill(int node) {
        network.kill(id(node));
        seats.get(node).node().halt();
    }

    /** Closes every manager, then every node. */
    @Override
    public void close() {
        seats.forEach(seat -> seat.provider().close());
        seats.forEach(seat -> seat.node().halt());
        seats.forEach(seat -> seat.metrics().close());
    }
}
