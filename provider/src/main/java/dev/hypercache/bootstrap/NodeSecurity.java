package dev.hypercache.bootstrap;

import dev.hypercache.config.ConfigurationException;
import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.SecretUnavailableException;
import dev.hypercache.spi.security.TlsMaterial;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.transport.auth.AuditLog;
import dev.hypercache.transport.auth.AuthCounters;
import dev.hypercache.transport.auth.IdentityCheck;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.LiveTokens;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.SignedCalls;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The security of one node: reads what its settings name, refuses to start with less than the rules ask for, and reads files
 * anew when they change. What cannot be read anew leaves what was there in use, with a warning at each try.
 */
final class NodeSecurity implements AutoCloseable {

    /** A pause between two looks at whether keys that are held back may go. */
    private static final long KEY_LOOK_MILLIS = 1_000;

    private final Settings settings;
    private final SecuritySources sources;
    private final PortSecurity port;
    private final SecurityReload reloading;
    private final String nodeName;
    private final NodeLog log;
    private final FileStamps stamps;
    private final ExpiryNotice expiry;
    private final ScheduledThreadPoolExecutor timer;

    private NodeSecurity(Settings settings, SecuritySources sources, PortSecurity port, String nodeName) {
        this.settings = settings;
        this.sources = sources;
        this.port = port;
        this.nodeName = nodeName;
        this.log = NodeLog.of(NodeSecurity.class, nodeName);
        this.reloading = new SecurityReload(settings, sources, port, log);
        this.stamps = new FileStamps(sources.files());
        this.expiry = new ExpiryNotice(port, log);
        this.timer = DaemonTimer.named("hypercache-security-" + nodeName);
    }

    /**
     * Reads and checks.
     *
     * @param bind where the node listens
     * @param advertised what others dial
     * @throws ConfigurationException if the rules are broken or a file cannot be used
     */
    static NodeSecurity of(Settings settings, Address bind, Address advertised, MetricSet metrics) {
        SecuritySources sources = new SecuritySources(settings);
        SecurityRules.requireProofs(settings, bind, sources);
        NodeSecurity security = of(settings, sources, advertised.toString(), metrics);
        security.warnOf(bind);
        return security;
    }

    /**
     * Reads and checks for a client, which listens nowhere.
     *
     * @throws ConfigurationException if the rules are broken or a file cannot be used
     */
    static NodeSecurity ofClient(Settings settings, MetricSet metrics) {
        return of(settings, new SecuritySources(settings), settings.nodeName(), metrics);
    }

    private static NodeSecurity of(Settings settings, SecuritySources sources, String advertised, MetricSet metrics) {
        LongSupplier clock = System::currentTimeMillis;
        TlsMaterial material = sources.hasTls() ? readTls(settings, sources) : null;
        String name = material == null || settings.isGiven(Setting.NODE_NAME)
                ? settings.nodeName()
                : material.identity().node();
        // A node that was given no name is called by its address.
        Set<String> names = Set.copyOf(List.of(name, advertised));
        PortSecurity port = new PortSecurity(
                material == null ? null : new LiveTls(material),
                material == null ? null : check(material.identity()),
                sources.hasKeys() ? signedCalls(settings, sources, names, clock) : null,
                sources.hasTokens() ? readTokens(settings, sources) : null,
                new AuditLog(name, clock),
                new AuthCounters(),
                clock);
        NodeSecurity security = new NodeSecurity(settings, sources, port, name);
        security.supply(metrics);
        security.watchFiles();
        return security;
    }

    private static IdentityCheck check(Identity own) {
        return new IdentityCheck(own.trustDomain(), own.cluster());
    }

    private static TlsMaterial readTls(Settings settings, SecuritySources sources) {
        try {
            TlsMaterial material = sources.readTls();
            SecurityRules.requireOwn(settings, material.identity());
            return material;
        } catch (SecretUnavailableException e) {
            throw settings.problem(
                    SecurityRules.tlsSetting(settings), String.valueOf(e.getMessage()), "Mend the files it names.");
        }
    }

    private static SignedCalls signedCalls(
            Settings settings, SecuritySources sources, Set<String> names, LongSupplier clock) {
        String cluster = Objects.requireNonNull(settings.text(Setting.CLUSTER_NAME), "cluster");
        try {
            LiveKeys keys = new LiveKeys(SecuritySources.newAuthenticator());
            keys.apply(sources.readKeys());
            return SignedCalls.of(keys, cluster, names, clock);
        } catch (SecretUnavailableException | IllegalArgumentException e) {
            throw settings.problem(Setting.HMAC_KEYS_FILE, String.valueOf(e.getMessage()), "Mend that file or name.");
        }
    }

    private static LiveTokens readTokens(Settings settings, SecuritySources sources) {
        try {
            return new LiveTokens(sources.readTokens());
        } catch (SecretUnavailableException e) {
            throw settings.problem(Setting.BEARER_FILE, String.valueOf(e.getMessage()), "Mend that file.");
        }
    }

    /** How the node's port knows its callers. */
    PortSecurity port() {
        return port;
    }

    /** The node's name: as configured, else that of its certificate. */
    String nodeName() {
        return nodeName;
    }

    private void warnOf(Address bind) {
        if (port.tls() == null && port.signatures() != null && !SecurityRules.isLoopback(bind)) {
            log.warn("security")
                    .addKeyValue("bind", bind)
                    .log(
                            "Keys without TLS prove who sends and that nothing was changed; whoever can listen reads everything.");
        }
        if (port.isOpen() && !SecurityRules.isLoopback(bind)) {
            warnInsecure(bind);
            repeat(60_000, () -> warnInsecure(bind));
        }
    }

    private void watchFiles() {
        if (!sources.files().isEmpty()) {
            long millis = settings.duration(Setting.SECURITY_RELOAD_INTERVAL).toMillis();
            expiry.look();
            repeat(millis, this::lookAtFiles);
            repeat(Math.min(millis, KEY_LOOK_MILLIS), reloading::lookAtKeys);
        }
    }

    private void repeat(long millis, Runnable task) {
        // A task that throws would not be run again.
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(() -> guard(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    private void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("security").setCause(e).log("The security timer failed; it goes on.");
        }
    }

    private void warnInsecure(Address bind) {
        log.warn("security")
                .addKeyValue("bind", bind)
                .log(
                        "hypercache.security.insecure is on: everybody who reaches this address reads and writes everything.");
    }

    private void lookAtFiles() {
        if (stamps.haveChanged()) {
            reloading.reload("files", false);
        }
        expiry.look();
    }

    /** Reads all files anew when it is told to. */
    SecurityReload reloading() {
        return reloading;
    }

    private void supply(MetricSet metrics) {
        AuthCounters counters = port.counters();
        metrics.supply(name -> counters.rejectedCount(), MetricName.AUTH_REJECTED);
        metrics.supply(name -> counters.deniedCount(), MetricName.AUTH_DENIED);
        metrics.supply(name -> counters.fullCount(), MetricName.AUTH_REPLAY_FULL);
        metrics.supply(name -> counters.reloadCount(), MetricName.SECURITY_RELOADS);
        metrics.supply(name -> counters.reloadFailureCount(), MetricName.SECURITY_RELOAD_FAILURES);
        SignedCalls calls = port.signatures();
        if (calls != null) {
            metrics.supply(name -> calls.keys().heldBackCount(), MetricName.KEYS_HELD_BACK);
        }
        if (port.tls() != null) {
            metrics.supply(name -> counters.handshakeFailureCount(), MetricName.TLS_HANDSHAKE_FAILURES);
            metrics.supply(name -> expiry.secondsLeft(), MetricName.CERT_EXPIRY_SECONDS);
        }
    }

    /** Reads nothing any more. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
