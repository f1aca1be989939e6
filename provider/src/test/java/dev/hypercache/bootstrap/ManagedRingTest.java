package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hypercache.spi.security.Role;
import dev.hypercache.transport.auth.AuditLog;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What operators ask nodes of a ring. */
@Timeout(240)
final class ManagedRingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Logger audit = (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() {
        audit.setLevel(ch.qos.logback.classic.Level.INFO);
        lines.start();
        audit.addAppender(lines);
    }

    @AfterEach
    void hush() {
        audit.detachAppender(lines);
        audit.setLevel(null);
    }

    private List<String> audited() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** By tokens, of which none makes a member. */
    private static void assertRoles(SecuredRing ring, String method, String target, Set<Role> allowed)
            throws Exception {
        for (Role role : Role.values()) {
            HttpResponse<String> answer = method.equals("GET") ? ring.get(0, role, target) : ring.post(0, role, target);
            assertThat(answer.statusCode())
                    .as("%s %s as %s: %s", method, target, role, answer.body())
                    .isEqualTo(allowed.contains(role) ? 200 : 403);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rolesSeeWhatTheyMay(boolean isTls) throws Exception {
        try (SecuredRing ring = SecuredRing.start(directory, isTls, 1)) {
            assertRoles(ring, "GET", "/health", Set.of(Role.CLIENT, Role.ADMIN, Role.METRICS));
            assertRoles(ring, "GET", "/metrics", Set.of(Role.ADMIN, Role.METRICS));
            assertRoles(ring, "GET", "/cluster/keys", Set.of(Role.ADMIN));
            assertRoles(ring, "GET", "/cluster/members", Set.of(Role.ADMIN, Role.METRICS));
            assertRoles(ring, "GET", "/cluster/safe-to-stop", Set.of(Role.ADMIN, Role.METRICS));
            assertRoles(ring, "GET", "/cluster/caches", Set.of(Role.ADMIN));
            assertThat(ring.get(0, Role.ADMIN, "/cluster/caches?local=true").statusCode())
                    .isEqualTo(400);
            assertRoles(ring, "POST", "/cluster/reload", Set.of(Role.ADMIN));
            assertThat(ring.post(0, Role.ADMIN, "/cluster/remove").statusCode()).isEqualTo(400);
            assertThat(ring.post(0, Role.METRICS, "/cluster/remove?node=n1").statusCode())
                    .isEqualTo(403);
            assertThat(ring.post(0, Role.ADMIN, "/cluster/remove?node=nobody").statusCode())
                    .isEqualTo(404);
            assertThat(ring.post(0, Role.ADMIN, "/cluster/remove?node=n1").statusCode())
                    .isEqualTo(409);
            assertThat(ring.get(0, Role.ADMIN, "/cluster/reload").statusCode()).isEqualTo(405);
            assertThat(ring.get(0, Role.ADMIN, "/cluster/keys?local=yes").statusCode())
                    .isEqualTo(400);
            assertThat(ring.post(0, Role.ADMIN, "/cluster/reload?force=yes").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void healthSaysNothingElseAndFallsWithTheMajority() throws Exception {
        try (SecuredRing ring = SecuredRing.start(directory, true, 2)) {
            HttpResponse<String> up = ring.get(0, Role.METRICS, "/health");
            assertThat(up.statusCode()).isEqualTo(200);
            assertThat(up.body()).isEqualTo("{\"status\":\"UP\"}");

            ring.leave(1);

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                HttpResponse<String> down = ring.get(0, Role.METRICS, "/health");
                assertThat(down.statusCode()).isEqualTo(503);
                assertThat(down.body()).isEqualTo("{\"status\":\"DOWN\"}");
            });
        }
    }

    @Test
    void metricsAreTextOfPrometheusWithoutKeysAndAddresses() throws Exception {
        try (SecuredRing ring = SecuredRing.start(directory, true, 1)) {
            ring.cache(0).put("a-telling-key", "v");
            ring.cache(0).get("a-telling-key");
            HttpResponse<String> answer = ring.get(0, Role.METRICS, "/metrics");

            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
            assertThat(answer.body().lines())
                    .contains(
                            "# TYPE hypercache_dist_puts_total counter",
                            "hypercache_dist_puts_total{cache=\"books\"} 1.0")
                    .contains("hypercache_dist_get_latency_seconds_count{cache=\"books\"} 1")
                    .contains("hypercache_dist_keys_held_back 0.0")
                    .allMatch(line -> line.startsWith("#") || line.startsWith("hypercache_dist_"));
            assertThat(answer.body())
                    .contains("hypercache_dist_cert_expiry_seconds ")
                    .doesNotContain("a-telling-key", "127.0.0.1", "spiffe");
        }
    }

    @Test
    void keysAndCertificatesOfAllMembersAreShown() throws Exception {
        try (SecuredRing ring = SecuredRing.start(directory, true, 2)) {
            ring.writeKeys(1, ring.firstKey(), ring.secondKey() + " signs");
            assertThat(ring.post(1, Role.ADMIN, "/cluster/reload").statusCode()).isEqualTo(200);
            HttpResponse<String> answer = ring.get(0, Role.ADMIN, "/cluster/keys");
            JsonNode keys = json(answer);

            assertThat(keys.path("node").asText()).isEqualTo("n1");
            assertThat(keys.at("/certificate/identity").asText())
                    .isEqualTo("spiffe://test.example/hypercache/member/n1");
            assertThat(keys.at("/certificate/serial").asText()).isEqualTo(serial(ring.file(0, "node.pem")));
            assertThat(keys.at("/certificate/notAfter").asText()).matches("20..-.*Z");
            assertThat(keys.at("/keys/0/id").asText()).isEqualTo("first");
            assertThat(keys.at("/keys/0/step").asText()).isEqualTo("SIGNS");
            assertThat(keys.at("/keys/0/role").asText()).isEqualTo("member");
            assertThat(keys.at("/keys/0/notAfter").isNull()).isTrue();
            JsonNode other = keys.at("/others/0");
            assertThat(other.path("address").asText()).isEqualTo(ring.address(1));
            assertThat(other.path("node").asText()).as(answer.body()).isEqualTo("n2");
            assertThat(other.at("/keys/0/step").asText()).isEqualTo("INSTALLED");
            assertThat(other.at("/keys/1/step").asText()).isEqualTo("SIGNS");
            assertThat(answer.body())
                    .doesNotContain(ring.firstKey().split(" ")[2].substring("base64:".length()))
                    .doesNotContain(ring.secondKey().split(" ")[2].substring("base64:".length()));

            ring.leave(1);
            JsonNode silent = json(ring.get(0, Role.ADMIN, "/cluster/keys")).at("/others/0");
            assertThat(silent.path("address").asText()).isEqualTo(ring.address(1));
            assertThat(silent.path("problem").asText()).isEqualTo("does not answer");
        }
    }

    @Test
    void memberThatAnswersIsRemovedOnlyOnDemand() throws Exception {
        try (SecuredRing ring = SecuredRing.start(directory, true, 2)) {
            HttpResponse<String> refused = ring.post(0, Role.ADMIN, "/cluster/remove?node=n2");
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("NOT_REMOVABLE", "answers", "'n2'");

            assertThat(ring.post(0, Role.ADMIN, "/cluster/remove?node=n2&alive=true")
                            .statusCode())
                    .isEqualTo(200);

            assertThat(json(ring.get(0, Role.ADMIN, "/cluster/members")).path("members"))
                    .hasSize(1);
        }
    }

    private static String serial(Path certificate) throws Exception {
        try (var in = Files.newInputStream(certificate)) {
            return ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in))
                    .getSerialNumber()
                    .toString(16);
        }
    }

    @Test
    void reloadTellsWhatChangedAndWritesDownWhoAsked() throws Exception {
        try (SecuredRing ring = SecuredRing.start(directory, true, 1)) {
            String oldSerial = serial(ring.file(0, "node.pem"));
            ring.issue(0);
            ring.writeKeys(0, ring.firstKey(), ring.secondKey() + " signs");

            JsonNode changed = json(ring.post(0, Role.ADMIN, "/cluster/reload"));

            assertThat(changed.at("/certificate/oldSerial").asText()).isEqualTo(oldSerial);
            assertThat(changed.at("/certificate/newSerial").asText()).isEqualTo(serial(ring.file(0, "node.pem")));
            assertThat(changed.at("/keys/signing").asText()).isEqualTo("second");
            assertThat(changed.at("/keys/installed/0").asText()).isEqualTo("second");
            assertThat(changed.path("tokens").asBoolean()).isTrue();
            assertThat(audited())
                    .anyMatch(line -> line.contains("TLS_RELOADED") && line.contains("\"cause\":\"admin-token\""))
                    .anyMatch(line -> line.contains("KEYS_RELOADED") && line.contains("\"cause\":\"admin-token\""));
        }
    }

    @Test
    void filesThatCannotBeUsedAreNamedAndChangeNothing() throws Exception {
        try (SecuredRing ring = SecuredRing.start(directory, true, 1)) {
            ring.issue(0);
            String secret = ring.secondKey().split(" ")[2];
            ring.writeKeys(0, ring.secondKey());

            HttpResponse<String> refused = ring.post(0, Role.ADMIN, "/cluster/reload");

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body())
                    .contains("FILES_UNUSABLE", ring.file(0, "keys").toString(), "signs")
                    .doesNotContain(secret);
            JsonNode keys = json(ring.get(0, Role.ADMIN, "/cluster/keys?local=true"));
            assertThat(keys.at("/certificate/serial").asText()).isNotEqualTo(serial(ring.file(0, "node.pem")));
            assertThat(keys.path("keys")).hasSize(1);
            assertThat(keys.has("others")).isFalse();
            assertThat(audited())
                    .anyMatch(line -> line.contains("RELOAD_FAILED") && line.contains("admin-token"))
                    .noneMatch(line -> line.contains(secret));
        }
    }

    @Test
    void keyThatAPeerSignsWithIsHeldBackUnlessItIsForced() throws Exception {
        try (SecuredRing ring = SecuredRing.start(directory, false, 2)) {
            for (int node = 0; node < 2; node++) {
                ring.writeKeys(node, ring.firstKey() + " signs", ring.secondKey());
                json(ring.post(node, Role.ADMIN, "/cluster/reload"));
            }
            ring.writeKeys(0, ring.secondKey() + " signs");

            JsonNode changed = json(ring.post(0, Role.ADMIN, "/cluster/reload"));

            assertThat(changed.at("/keys/removed")).isEmpty();
            assertThat(changed.at("/keys/heldBack/0").asText()).isEqualTo("first");
            assertThat(audited())
                    .anyMatch(line -> line.contains("KEY_HELD_BACK") && line.contains("\"peer\":\"/127.0.0.1:"));
            JsonNode keys = json(ring.get(0, Role.ADMIN, "/cluster/keys")).path("keys");
            assertThat(keys.at("/0/step").asText()).isEqualTo("LEAVING");
            assertThat(keys.at("/1/step").asText()).isEqualTo("SIGNS");
            assertThat(ring.get(0, Role.METRICS, "/metrics").body()).contains("hypercache_dist_keys_held_back 1.0");
            ring.cache(1).put("k", "through a key that is held back");
            assertThat(ring.cache(0).get("k")).isEqualTo("through a key that is held back");

            JsonNode forced = json(ring.post(0, Role.ADMIN, "/cluster/reload?force=true"));

            assertThat(forced.at("/keys/removed/0").asText()).isEqualTo("first");
            assertThat(ring.get(0, Role.METRICS, "/metrics").body()).contains("hypercache_dist_keys_held_back 0.0");
            assertThat(audited()).anyMatch(line -> line.contains("\"cause\":\"admin-token, forced\""));
        }
    }
}
