package dev.hypercache.bootstrap;

import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.discovery.SeedSources;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.runtime.call.RingDefinitions;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.runtime.call.TraitDifference;
import dev.hypercache.runtime.ring.ClientNode;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.discovery.SeedSource;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A manager's client of a ring.
 *
 * <p>A ring that was started anew is another ring, which knows nothing of this client. The client finds it by its seeds, has its caches
 * defined there again, and the caches that the application has open go on. Until then operations fail as they do when no member can be
 * reached. Safe for use by any threads.
 */
final class ClientSeat implements RingNode {

    /** A manager's first cache waits so long for a ring. */
    private static final long PATIENCE_MILLIS = 120_000;

    private static final long AGAIN_MILLIS = 500;
    private static final int READ_MILLIS = 2_000;

    private final ClientLife.Ground ground;
    private final NodeSecurity security;
    private final NodeLog log;
    private final ClientHandles handles = new ClientHandles();
    private final AtomicBoolean isRestarting = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor restarts;
    private volatile ClientLife life;
    private volatile boolean closed;

    private ClientSeat(ClientLife.Ground ground, NodeSecurity security, NodeLog log, RingPage first) {
        this.ground = ground;
        this.security = security;
        this.log = log;
        this.restarts = DaemonTimer.named("hypercache-restart-" + ground.name());
        this.life = ClientLife.begin(ground, first, this::foundOther);
    }

    /**
     * Finds the ring and begins.
     *
     * @param around where it counts, and what is around its transport
     * @param unwanted ends the wait
     * @throws RingRefusedException if there is no ring in time, or it does not believe the client
     */
    static ClientSeat start(Settings settings, SocketNode.Surroundings around, Abandonment unwanted) {
        NodeMetrics metrics = around.metrics();
        NodeSecurity security = NodeSecurity.ofClient(settings, metrics.node());
        try {
            String name = security.nodeName();
            NodeLog log = NodeLog.of(ClientSeat.class, name);
            ClientCalls calls = new ClientCalls(security.port());
            ClientMembers members = new ClientMembers(seeds(settings));
            TransportFactory transports =
                    around.transports().apply(SocketNode.transports(settings, security, routes -> {}));
            ClientLife.Ground ground = new ClientLife.Ground(name, settings, metrics, transports, calls, members);
            RingPage first = new ClientEntrance(calls, members, log).enter(new Patience(PATIENCE_MILLIS, unwanted));
            ClientSeat seat = new ClientSeat(ground, security, log, first);
            ClientNode.supply(metrics, gauge -> seat.life.node().gauges().read(gauge));
            log.info("ring").addKeyValue("ring", first.ring()).log("The client found its ring.");
            return seat;
        } catch (RuntimeException | Error e) {
            security.close();
            throw e;
        }
    }

    private static SeedSource seeds(Settings settings) {
        try {
            return SeedSources.parse(settings.list(Setting.SEEDS));
        } catch (IllegalArgumentException e) {
            throw settings.problem(
                    Setting.SEEDS, String.valueOf(e.getMessage()), "Write host:port of members of the ring.");
        }
    }

    /** Members tell of another ring. */
    private void foundOther(RingPage told) {
        boolean isNews = !closed && isRestarting.compareAndSet(false, true);
        if (!isNews) {
            return;
        }
        try {
            restarts.execute(() -> restart(told.ring()));
        } catch (RejectedExecutionException ended) {
            isRestarting.set(false);
        }
    }

    private void restart(RingId found) {
        ClientLife before = life;
        ClientLife next = null;
        try {
            RingPage first = ground.members().askOnce(member -> ground.calls().state(member, 0, false, READ_MILLIS));
            log.warn("ring")
                    .addKeyValue("ring", first.ring())
                    .log(
                            "The ring was started anew. The client defines its caches there again; what they held is gone.");
            next = ClientLife.begin(ground, first, this::foundOther);
            handles.moveTo(next.node());
            life = next;
            before.end();
            ground.metrics().node().count(MetricName.CLIENT_RESTARTS);
            isRestarting.set(false);
            if (closed) {
                next.end();
            }
        } catch (IOException | RuntimeException | Error e) {
            if (next != null) {
                next.end();
            }
            log.error("ring")
                    .setCause(e)
                    .addKeyValue("ring", found)
                    .log("The client cannot go on in the ring that was started anew; it tries again.");
            again();
        }
    }

    /** What members tell then may be of a further ring: it is asked for anew. */
    private void again() {
        try {
            var unused = restarts.schedule(() -> isRestarting.set(false), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            isRestarting.set(false);
        }
    }

    @Override
    public int ringId(String cacheName, CacheTraits traits) {
        return handles.join(() -> life.node(), cacheName, traits);
    }

    @Override
    public void quit(int id, CacheTraits traits) {
        handles.quit(life.node(), id, traits);
    }

    @Override
    public RingDefinitions definitions() {
        return new RingDefinitions() {
            @Override
            public List<DefinedCache> confirmed() {
                return life.node().definitions().confirmed();
            }

            @Override
            public List<DefinedCache> known() {
                return life.node().definitions().known();
            }

            @Override
            public List<TraitDifference> driftOf(int id) {
                return life.node().definitions().driftOf(handles.currentId(id));
            }
        };
    }

    @Override
    public RingClient openCache(CacheSpec spec) {
        return handles.open(() -> life.node(), spec);
    }

    @Override
    public RingOperations operations() {
        return life.node().operations();
    }

    @Override
    public void close() {
        closed = true;
        restarts.shutdownNow();
        try {
            boolean unused = restarts.awaitTermination(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        life.end();
        security.close();
    }
}
