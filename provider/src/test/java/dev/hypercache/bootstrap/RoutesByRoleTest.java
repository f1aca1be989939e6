package dev.hypercache.bootstrap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.security.DevelopmentCa;
import dev.hypercache.security.JsseMaterialReader;
import dev.hypercache.security.NewToken;
import dev.hypercache.spi.security.Identity;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.TlsFiles;
import dev.hypercache.telemetry.NodeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each route of a true node for each role and for nobody: allowed as the table says, and nothing else (SECURITY R8). */
@Timeout(120)
final class RoutesByRoleTest {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    @TempDir
    private Path directory;

    private final Map<Role, String> tokens = new EnumMap<>(Role.class);
    private final Map<Role, SSLContext> certified = new EnumMap<>(Role.class);
    private DevelopmentCa ca;
    private String address;
    private NodeMetrics metrics;
    private SocketNode node;

    @BeforeEach
    void start() throws IOException {
        Instant now = Instant.now();
        ca = DevelopmentCa.create("test", now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        address = SocketManagers.addresses(1).get(0);
        TlsFiles files = issue(Role.MEMBER);
        Settings settings = Settings.load(ManagerUri.of(null), properties(files), Sources.none());
        metrics = NodeMetrics.create(settings);
        node = SocketNode.start(settings, metrics, 60_000, new Abandonment());
        for (Role role : Role.values()) {
            certified.put(
                    role, new JsseMaterialReader().read(issue(role), List.of()).context());
        }
    }

    private TlsFiles issue(Role role) {
        String name = role.label() + "-one";
        return ca.writePem(
                directory.resolve(name), name, ca.issue(new Identity("test.example", "hypercache", role, name)));
    }

    private Properties properties(TlsFiles files) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("hypercache.bind", address);
        properties.setProperty("hypercache.seeds", address);
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.security.tls.cert", String.valueOf(files.certificate()));
        properties.setProperty("hypercache.security.tls.key", String.valueOf(files.key()));
        properties.setProperty("hypercache.security.tls.trust", String.valueOf(files.trust()));
        properties.setProperty("hypercache.security.bearer.file", tokenFile().toString());
        return properties;
    }

    private Path tokenFile() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Role role : Role.values()) {
            NewToken made = NewToken.of(role.label() + "-token", role);
            tokens.put(role, made.token());
            lines.add(made.line());
        }
        Path file = Files.createFile(
                directory.resolve("tokens"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, lines);
    }

    @AfterEach
    void close() {
        node.close();
        metrics.close();
    }

    private int statusOf(String method, String path, SSLContext as, @Nullable String token) throws IOException {
        int colon = address.indexOf(':');
        try (SSLSocket socket = (SSLSocket) as.getSocketFactory()
                .createSocket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
            socket.setSoTimeout(30_000);
            String proof = token == null ? "" : "Authorization: Bearer " + token + "\r\n";
            String length = method.equals("POST") ? "Content-Length: 0\r\n" : "";
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: node\r\nConnection: close\r\n" + length + proof
                                    + "\r\n")
                            .getBytes(ISO_8859_1));
            return status(socket.getInputStream());
        }
    }

    private static int status(InputStream in) throws IOException {
        String start = new String(in.readNBytes(12), ISO_8859_1);
        assertThat(start).startsWith("HTTP/1.1 ");
        return Integer.parseInt(start.substring(9));
    }

    /** Somebody who trusts the node and has no certificate. */
    private SSLContext nobody() throws Exception {
        return Anonymous.trusting(ca.certificate());
    }

    private Set<Role> letIn(String method, String path, boolean byToken) throws Exception {
        Set<Role> letIn = new TreeSet<>();
        for (Role role : Role.values()) {
            int status = byToken
                    ? statusOf(method, path, nobody(), tokens.get(role))
                    : statusOf(method, path, certified.get(role), null);
            assertThat(status).as("%s %s as %s", method, path, role).isNotEqualTo(401);
            if (status != 403) {
                letIn.add(role);
            }
        }
        return letIn;
    }

    @Test
    void everyRouteLetsInTheRolesOfTheTableAndNobodyElse() throws Exception {
        Map<String, Map<String, Set<Role>>> table = node.routes().roles();
        assertThat(table).containsKeys("/internal/mux", "/internal/ring", "/internal/set", "/internal/get");
        for (Map.Entry<String, Map<String, Set<Role>>> route : table.entrySet()) {
            for (Map.Entry<String, Set<Role>> endpoint : route.getValue().entrySet()) {
                String method = endpoint.getKey();
                String what = method + " " + route.getKey();
                Set<Role> byToken = new TreeSet<>(endpoint.getValue());
                byToken.remove(Role.MEMBER); // A token says nothing of a node, so none makes a member.
                assertThat(letIn(method, route.getKey(), true)).as(what).isEqualTo(byToken);
                assertThat(letIn(method, route.getKey(), false)).as(what).isEqualTo(endpoint.getValue());
                assertThat(statusOf(method, route.getKey(), nobody(), null))
                        .as(what)
                        .isEqualTo(401);
                assertThat(statusOf(method, route.getKey(), nobody(), "guess"))
                        .as(what)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void otherMethodsAreServedForNoRole() throws Exception {
        Map<String, Map<String, Set<Role>>> table = node.routes().roles();
        for (String path : table.keySet()) {
            for (String method : METHODS) {
                if (!table.get(path).containsKey(method)) {
                    assertThat(statusOf(method, path, certified.get(Role.MEMBER), null))
                            .as(method + " " + path)
                            .isEqualTo(405);
                }
            }
        }
    }

    @Test
    void entriesAreForMembersAndClientsAlone() {
        Map<String, Map<String, Set<Role>>> expected = new TreeMap<>();
        Set<Role> callers = Set.of(Role.MEMBER, Role.CLIENT);
        expected.put("/internal/set", Map.of("POST", callers));
        expected.put("/internal/get", Map.of("GET", callers));
        expected.put("/internal/del", Map.of("DELETE", callers));
        expected.put("/internal/mux", Map.of("GET", callers));
        expected.put("/internal/ring", Map.of("GET", callers));
        expected.put("/internal/ring/state", Map.of("GET", callers));
        expected.put("/internal/ring/caches", Map.of("POST", callers));
        expected.put("/internal/ring/vote", Map.of("POST", Set.of(Role.MEMBER)));
        expected.put("/internal/ring/join", Map.of("POST", Set.of(Role.MEMBER)));
        expected.put("/internal/ring/reform", Map.of("POST", Set.of(Role.MEMBER)));
        assertThat(node.routes().roles())
                .as("what stands here is decided, not found")
                .containsAllEntriesOf(expected);
    }
}
