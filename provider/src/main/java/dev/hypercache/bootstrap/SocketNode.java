package dev.hypercache.bootstrap;

import dev.hypercache.config.HostPort;
import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.core.control.NodeProfile;
import dev.hypercache.core.form.FormingPace;
import dev.hypercache.core.form.RingTerms;
import dev.hypercache.core.form.SeedCard;
import dev.hypercache.http.HttpFace;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.NamedCaches;
import dev.hypercache.runtime.ring.MemberNode;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.storage.CaffeineRetentions;
import dev.hypercache.storage.HeapEntryStores;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import dev.hypercache.transport.http.RouteTable;
import dev.hypercache.transport.undertow.UndertowTransports;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Starts a member of a ring of processes: it forms the ring with the other seeds, then takes part.
 *
 * <p>A node that the ring removes though it did not leave ends: what it holds is with the others.
 */
final class SocketNode {

    private final MemberNode node;
    private final RaftTopology topology;
    private final @Nullable HttpFace face;
    private final SocketRoutes routes;
    private final NodeSecurity security;
    private final RouteTable table;
    private final Object closing = new Object();
    private boolean closed;

    private SocketNode(
            MemberNode node, RaftTopology topology, SocketRoutes routes, NodeSecurity security, RouteTable table) {
        this.node = node;
        this.topology = topology;
        this.face = routes.face();
        this.routes = routes;
        this.security = security;
        this.table = table;
    }

    MemberNode node() {
        return node;
    }

    /** What is served at the node's port, and for whom. */
    RouteTable routes() {
        return table;
    }

    /** Callers over HTTP find these caches; a node whose face is switched off does nothing. */
    void serve(NamedCaches caches) {
        if (face != null) {
            face.serve(caches);
        }
    }

    /** They find them no more. */
    void withdraw(NamedCaches caches) {
        if (face != null) {
            face.withdraw(caches);
        }
    }

    private void endInBackground(String name) {
        Thread ending = new Thread(this::close, "hypercache-expelled-" + name);
        ending.setDaemon(true);
        ending.start();
    }

    /**
     * Leaves the ring. Whoever closes it while it leaves waits until it has: when a process ends, the application closes its managers
     * and the JVM's hook its nodes at the same time, and the second must not cut short what the first is handing over.
     */
    void close() {
        synchronized (closing) {
            if (!closed) {
                closed = true;
                leave();
            }
        }
    }

    private void leave() {
        routes.leave();
        node.close();
        topology.close();
        routes.close();
        security.port().audit().record("LEFT");
        security.close();
    }

    /**
     * What is around a node.
     *
     * @param metrics where it counts
     * @param transports puts something around its transport, such as faults
     */
    record Surroundings(NodeMetrics metrics, UnaryOperator<TransportFactory> transports) {}

    /**
     * Forms the ring and starts; waits for the other seeds.
     *
     * @param patienceMillis how long to wait for them
     * @param unwanted ends the wait
     * @throws RingRefusedException if there is a ring without this node, its seeds disagree, or do not come in time
     */
    static SocketNode start(Settings settings, NodeMetrics metrics, long patienceMillis, Abandonment unwanted) {
        return start(
                settings, new Surroundings(metrics, UnaryOperator.identity()), new Patience(patienceMillis, unwanted));
    }

    /** The same in other surroundings. */
    static SocketNode start(Settings settings, Surroundings around, Patience patience) {
        Address bind = Objects.requireNonNull(address(settings, Setting.BIND), "hypercache.bind");
        NodeSecurity security = NodeSecurity.of(
                settings, bind, advertised(settings, bind), around.metrics().node());
        try {
            return start(settings, around, bind, security, patience);
        } catch (RuntimeException | Error e) {
            security.close();
            throw e;
        }
    }

    private static SocketNode start(
            Settings settings, Surroundings around, Address bind, NodeSecurity security, Patience patience) {
        SeedCard card = cardOf(settings, bind, security.nodeName());
        RingSeeds seeds = RingSeeds.of(settings, card.profile().address());
        SocketRoutes routes = SocketRoutes.of(settings, card, around.metrics(), security);
        try {
            return start(settings, around, new Place(card, seeds, bind), routes, security, patience);
        } catch (RuntimeException | Error e) {
            routes.close();
            throw e;
        }
    }

    /** Where the node stands. */
    private record Place(SeedCard card, RingSeeds seeds, Address bind) {}

    private static SocketNode start(
            Settings settings,
            Surroundings around,
            Place place,
            SocketRoutes routes,
            NodeSecurity security,
            Patience patience) {
        NodeMetrics metrics = around.metrics();
        SeedCard card = place.card();
        AtomicReference<@Nullable RouteTable> table = new AtomicReference<>();
        TransportFactory transports = around.transports().apply(transports(settings, security, builder -> {
            routes.addTo(builder);
            table.set(builder.build());
        }));
        NodeLog log = NodeLog.of(SocketNode.class, card.profile().name());
        RingEntry entry = new RingEntrance(
                        card,
                        place.seeds(),
                        new RingEntrance.Ground(
                                security.port(), metrics.node(), FormingPace.DEFAULTS, patience, routes.reforms()))
                .enter(place.bind(), routes.beforeTheRing(), routes.door());
        RaftTopology topology = RaftTopology.of(entry, card.profile(), metrics);
        try {
            MemberNode node = MemberNode.create(
                    card.profile().name(),
                    new MemberNode.Ground(
                            topology.log(),
                            topology,
                            new BoundTransports(transports, place.bind()),
                            new HeapEntryStores(),
                            new CaffeineRetentions(),
                            System::currentTimeMillis),
                    settings,
                    metrics);
            node.open();
            node.start();
            routes.reforms().joined(new MemberSeat(node, topology), entry.founding());
            node.reformBy(routes.reforms());
            routes.door().admit(new MemberDesk(node, topology, routes.reforms(), entry.founding()));
            LeaderWait.await(node, log, patience.unwanted());
            log.info("ring").addKeyValue("bind", place.bind()).log("The node is a member of its ring.");
            security.port().audit().record("JOINED", "bind", place.bind().toString());
            routes.joined(node);
            RouteTable routed = Objects.requireNonNull(table.get(), "the transport adds routes");
            SocketNode started = new SocketNode(node, topology, routes, security, routed);
            node.onExpelled(() -> started.endInBackground(card.profile().name()));
            return started;
        } catch (RuntimeException | Error e) {
            topology.close();
            throw e;
        }
    }

    static TransportFactory transports(Settings settings, NodeSecurity security, Consumer<RouteTable.Builder> routes) {
        UndertowTransports plain = new UndertowTransports(routes)
                .secured(security.port())
                .draining(settings.duration(Setting.SECURITY_DRAIN));
        if ("none".equals(settings.text(Setting.COMPRESSION))) {
            return plain;
        }
        try {
            return plain.compressing((int) settings.number(Setting.COMPRESSION_MIN_BYTES));
        } catch (IllegalStateException absent) {
            throw settings.problem(
                    Setting.COMPRESSION, String.valueOf(absent.getMessage()), "Add that dependency, or set none.");
        }
    }

    private static SeedCard cardOf(Settings settings, Address bind, String nodeName) {
        NodeProfile profile = OwnProfile.of(settings, nodeName, advertised(settings, bind));
        return new SeedCard(profile, termsOf(settings), null);
    }

    private static RingTerms termsOf(Settings settings) {
        SortedMap<String, String> agreed = new TreeMap<>();
        agreed.put(Setting.LOSS_POLICY.key(), String.valueOf(settings.text(Setting.LOSS_POLICY)));
        for (Setting setting : List.of(Setting.CLOCK_MAX_OFFSET, Setting.EVICT_AFTER)) {
            agreed.put(setting.key(), settings.duration(setting).toMillis() + "ms");
        }
        return new RingTerms(
                Objects.requireNonNull(settings.text(Setting.CLUSTER_NAME), "cluster"),
                settings.ringSlots(),
                RingTerms.KEY_HASH,
                settings.replicationFactor(),
                agreed);
    }

    private static Address advertised(Settings settings, Address bind) {
        Address given = address(settings, Setting.ADVERTISE);
        return given == null ? bind : given;
    }

    private static @Nullable Address address(Settings settings, Setting setting) {
        HostPort given = settings.address(setting);
        return given == null ? null : new Address(given.host(), given.port());
    }
}
