package dev.hypercache.management;

import dev.hypercache.telemetry.NodeMetrics;
import dev.hypercache.transport.auth.AuditLog;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.Audience;
import dev.hypercache.transport.http.RouteTable;

/**
 * The routes for operators on a node's port: {@code GET /health}, {@code GET /metrics}, {@code GET /cluster/members}, {@code GET
 * /cluster/safe-to-stop}, {@code GET /cluster/caches}, {@code GET /cluster/keys}, {@code POST /cluster/reload} and the commands to the
 * ring: {@code POST /cluster/remove}, {@code /cluster/reform}, {@code /cluster/reset-lost} and {@code /cluster/replication-factor}.
 */
public final class Management implements AutoCloseable {

    /** Where it is told whether the node serves. */
    public static final String HEALTH = "/health";

    /** Where the metrics are. */
    public static final String METRICS = "/metrics";

    /** Where the caches of the ring are listed. */
    public static final String CACHES = CachesRoute.PATH;

    /** Where keys and certificates of all members are shown. */
    public static final String KEYS = KeysRoute.PATH;

    /** Where the node is told to read its files anew. */
    public static final String RELOAD = ReloadRoute.PATH;

    /** Where the ring and its members are shown. */
    public static final String MEMBERS = MembersRoute.PATH;

    /** Where it is told whether one more node may be stopped. */
    public static final String SAFE_TO_STOP = SafeToStopRoute.PATH;

    /** Where a member is removed that will not return. */
    public static final String REMOVE = RemoveRoute.PATH;

    /** Where a ring is told whom it waits for in vain. */
    public static final String REFORM = ReformRoute.PATH;

    /** Where slots begin anew that lost what they held. */
    public static final String RESET_LOST = ResetLostRoute.PATH;

    /** Where it is said how many replicas slots have. */
    public static final String REPLICATION_FACTOR = ReplicationRoute.PATH;

    private final ManagementDesk desk;
    private final PeerSurvey survey;
    private final HealthRoute health;
    private final MetricsRoute metrics;
    private final CachesRoute caches;
    private final KeysRoute keys;
    private final ReloadRoute reload;
    private final MembersRoute members;
    private final SafeToStopRoute safeToStop;
    private final RemoveRoute remove;
    private final ReformRoute reform;
    private final ResetLostRoute resetLost;
    private final ReplicationRoute replication;

    /**
     * What the node puts in.
     *
     * @param status whether the node serves, and what may be asked of its ring; asked by threads that serve connections
     * @param metrics its metrics
     * @param caches the caches of its ring
     * @param security how its callers are known
     * @param peers the way to the other members
     * @param reloading reads its files anew
     */
    public record Ground(
            RingStatus status,
            NodeMetrics metrics,
            CacheDirectory caches,
            PortSecurity security,
            PeerCalls peers,
            Reloading reloading) {}

    /**
     * Makes routes that are not served yet.
     *
     * @param node the node's name
     * @param ground what they show
     */
    public Management(String node, Ground ground) {
        this.desk = new ManagementDesk(node);
        this.survey = new PeerSurvey(node, ground.peers());
        this.health = new HealthRoute(ground.status()::serves);
        this.members = new MembersRoute(ground.status());
        this.safeToStop = new SafeToStopRoute(ground.status());
        RingCommand command = new RingCommand(ground.status());
        AuditLog audit = ground.security().audit();
        this.remove = new RemoveRoute(command, audit);
        this.reform = new ReformRoute(command, audit);
        this.resetLost = new ResetLostRoute(command, audit);
        this.replication = new ReplicationRoute(command, audit);
        // No method reference: that would need the library, which may be absent, here already.
        this.metrics = new MetricsRoute(ground.metrics(), all -> PrometheusText.of(all));
        this.caches = new CachesRoute(node, ground.caches());
        this.keys = new KeysRoute(node, ground.security(), survey);
        this.reload = new ReloadRoute(ground.reloading());
    }

    /**
     * Adds the routes.
     *
     * @param routes the table of the port
     * @throws IllegalArgumentException if one of them is there already
     */
    public void addTo(RouteTable.Builder routes) {
        addHealthTo(routes);
        routes.get(METRICS, Audience.WATCHERS, desk.serving(metrics))
                .get(CACHES, Audience.OPERATORS, desk.serving(caches))
                .get(KEYS, Audience.OPERATORS, desk.serving(keys))
                .get(MEMBERS, Audience.WATCHERS, desk.serving(members))
                .get(SAFE_TO_STOP, Audience.WATCHERS, desk.serving(safeToStop))
                .add("POST", RELOAD, Audience.ADMINS, 0, desk.serving(reload))
                .add("POST", REMOVE, Audience.ADMINS, 0, desk.serving(remove))
                .add("POST", REFORM, Audience.ADMINS, 0, desk.serving(reform))
                .add("POST", RESET_LOST, Audience.ADMINS, 0, desk.serving(resetLost))
                .add("POST", REPLICATION_FACTOR, Audience.ADMINS, 0, desk.serving(replication));
    }

    /**
     * Adds the route of the node's health alone.
     *
     * @param routes the table of the port
     */
    public void addHealthTo(RouteTable.Builder routes) {
        routes.get(HEALTH, Audience.ALL, health);
    }

    /** Takes no more requests. */
    @Override
    public void close() {
        desk.close();
        survey.close();
    }
}
