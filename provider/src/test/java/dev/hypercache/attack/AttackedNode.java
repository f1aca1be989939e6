package dev.hypercache.attack;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.http.FaceLimits;
import dev.hypercache.http.HttpFace;
import dev.hypercache.security.NewToken;
import dev.hypercache.security.TokenFileReader;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.security.BearerTokens;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.transport.RecordingListener;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.telemetry.NodeMetrics;
import dev.hypercache.transport.auth.AuditLog;
import dev.hypercache.transport.auth.AuthCounters;
import dev.hypercache.transport.auth.IdentityCheck;
import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.LiveTokens;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.undertow.TestAuthority;
import dev.hypercache.transport.undertow.UndertowTransports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A node at a port of loopback that asks for certificates, keys and tokens, with one cache behind it; tells what attacks left
 * behind. Every line of its audit log is written, unless its clock is that of the system.
 */
final class AttackedNode implements AutoCloseable {

    private static final int NONCES_MAX = 100_000;

    private final String name = "n" + UUID.randomUUID().toString().substring(0, 8);
    private final @Nullable TestAuthority authority;
    private final SharedKeys keys;
    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private final Books books = new Books();
    private final NodeMetrics metrics =
            NodeMetrics.create(Settings.load(ManagerUri.of(null), new Properties(), Sources.none()));
    private final AuditLines audit = AuditLines.of(name);
    private final RecordingListener listener = new RecordingListener();
    private final HttpFace face;
    private final PortSecurity security;
    private final Transport transport;
    private final Address address;

    /** What nodes differ in. */
    private record Kind(@Nullable TestAuthority authority, List<String> protocols, int noncesMax, LongSupplier audit) {}

    private AttackedNode(Path directory, Kind kind) throws IOException {
        authority = kind.authority();
        keys = new SharedKeys(name, kind.noncesMax());
        LongSupplier clock = System::currentTimeMillis;
        security = new PortSecurity(
                authority == null ? null : new LiveTls(authority.material(name, kind.protocols())),
                authority == null ? null : new IdentityCheck(TestAuthority.DOMAIN, TestAuthority.CLUSTER),
                keys.ofNode(),
                new LiveTokens(issueTokens(directory)),
                new AuditLog(name, kind.audit()),
                new AuthCounters(),
                clock);
        face = new HttpFace(FaceLimits.of(60_000), name, metrics.node());
        face.serve(cache -> cache.equals("books") ? books : null);
        NodeId self = new NodeId(name, new Incarnation(1));
        transport = new UndertowTransports(face::addTo)
                .secured(security)
                .create(TransportOptions.withDefaults(self, new Address("127.0.0.1", 0)));
        address = transport.start(listener);
    }

    /** Starts a node that speaks TLS, of the usual version if none is named. */
    static AttackedNode withTls(Path directory, String... protocols) throws IOException {
        Kind kind = new Kind(TestAuthority.in(directory), List.of(protocols), NONCES_MAX, new EverySecond());
        return new AttackedNode(directory, kind);
    }

    /** Starts a node that speaks plain TCP. */
    static AttackedNode withoutTls(Path directory) throws IOException {
        return remembering(directory, NONCES_MAX);
    }

    /** Starts a node that speaks plain TCP and remembers few signed requests. */
    static AttackedNode remembering(Path directory, int noncesMax) throws IOException {
        return new AttackedNode(directory, new Kind(null, List.of(), noncesMax, new EverySecond()));
    }

    /** Starts a node that speaks plain TCP, and writes as many lines about strangers as any node does. */
    static AttackedNode withLimitedAudit(Path directory) throws IOException {
        return new AttackedNode(directory, new Kind(null, List.of(), NONCES_MAX, System::currentTimeMillis));
    }

    /** A clock on which a second is over at each look. */
    private static final class EverySecond implements LongSupplier {
        private long nowMillis;

        @Override
        public synchronized long getAsLong() {
            nowMillis += 1_000;
            return nowMillis;
        }
    }

    private BearerTokens issueTokens(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Role role : Role.values()) {
            NewToken made = NewToken.of(role.label() + "-token", role);
            tokens.put(role, made.token());
            lines.add(made.line());
        }
        Path file = Files.createTempFile(
                directory,
                "tokens",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, lines);
        return new TokenFileReader().read(file);
    }

    String name() {
        return name;
    }

    String token(Role role) {
        String token = tokens.get(role);
        if (token == null) {
            throw new IllegalStateException("every role has a token");
        }
        return token;
    }

    /** The header that lets a request in. */
    String authorization() {
        return "Authorization: Bearer " + token(Role.CLIENT) + "\r\n";
    }

    SharedKeys keys() {
        return keys;
    }

    TestAuthority authority() {
        if (authority == null) {
            throw new IllegalStateException("this node speaks no TLS");
        }
        return authority;
    }

    AuthCounters counters() {
        return security.counters();
    }

    AuditLines audit() {
        return audit;
    }

    Books books() {
        return books;
    }

    RecordingListener listener() {
        return listener;
    }

    /** Requests and connections that were turned away. */
    long refusals() {
        return transport.counts().refusals();
    }

    /** Somebody who dials without a certificate. */
    RawCaller caller() throws Exception {
        return authority == null ? RawCaller.plain(address) : RawCaller.tls(address, authority.anonymous());
    }

    Address address() {
        return address;
    }

    @Override
    public void close() {
        transport.close();
        face.close();
        audit.close();
        metrics.close();
    }
}
