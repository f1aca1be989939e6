package dev.hypercache.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each key's default, and each key from each source. */
final class SettingMappingTest {
    /** One legal value for each key of a node, unlike its default, and what it becomes. */
    private static final Map<String, Map.Entry<String, Object>> NODE = Map.ofEntries(
            entry("hypercache.cluster.name", entry("orders", "orders")),
            entry("hypercache.node.name", entry("n-1", "n-1")),
            entry("hypercache.node.weight", entry("200", 200L)),
            entry("hypercache.node.zone", entry("eu_1.a", "eu_1.a")),
            entry("hypercache.bind", entry("0.0.0.0:0", new HostPort("0.0.0.0", 0))),
            entry("hypercache.advertise", entry("[fe80::1]:7400", new HostPort("fe80::1", 7400))),
            entry("hypercache.seeds", entry("a:1, dns:b:2 ,file:/c", List.of("a:1", "dns:b:2", "file:/c"))),
            entry("hypercache.mode", entry("CLIENT", "client")),
            entry("hypercache.start", entry("eager", "eager")),
            entry("hypercache.bootstrap.expect", entry("5", 5L)),
            entry("hypercache.ring.slots", entry("2048", 2048L)),
            entry("hypercache.replication.factor", entry("5", 5L)),
            entry("hypercache.replication.min", entry("2", 2L)),
            entry("hypercache.consistency.read", entry("one", "ONE")),
            entry("hypercache.consistency.write", entry("ALL", "ALL")),
            entry("hypercache.request.timeout", entry("PT2.5S", Duration.ofMillis(2500))),
            entry("hypercache.requests.max", entry("50", 50L)),
            entry("hypercache.evict.after", entry("5m", Duration.ofMinutes(5))),
            entry("hypercache.leave.timeout", entry("0ms", Duration.ZERO)),
            entry("hypercache.loss.policy", entry("BLOCK", "BLOCK")),
            entry("hypercache.clock.max-offset", entry("20ms", Duration.ofMillis(20))),
            entry("hypercache.hint.enabled", entry("off", false)),
            entry("hypercache.hint.ttl", entry("2d", Duration.ofDays(2))),
            entry("hypercache.hint.replay.interval", entry("1s", Duration.ofSeconds(1))),
            entry("hypercache.hint.max.per-node", entry("10", 10L)),
            entry("hypercache.hint.max.total", entry("20", 20L)),
            entry("hypercache.hint.max.bytes", entry("1GB", 1L << 30)),
            entry("hypercache.repair.enabled", entry("false", false)),
            entry("hypercache.repair.interval", entry("3s", Duration.ofSeconds(3))),
            entry("hypercache.read-repair.enabled", entry("OFF", false)),
            entry("hypercache.digest-read.enabled", entry("off", false)),
            entry("hypercache.caller-yield.enabled", entry("off", false)),
            entry("hypercache.rebalance.enabled", entry("False", false)),
            entry("hypercache.rebalance.rate", entry("1MB/s", 1L << 20)),
            entry("hypercache.rebalance.concurrency", entry("8", 8L)),
            entry("hypercache.http.enabled", entry("off", false)),
            entry("hypercache.gossip.enabled", entry("off", false)),
            entry("hypercache.gossip.interval", entry("250ms", Duration.ofMillis(250))),
            entry("hypercache.gossip.probes", entry("3", 3L)),
            entry("hypercache.gossip.probe.timeout", entry("1s", Duration.ofSeconds(1))),
            entry("hypercache.gossip.indirect", entry("0", 0L)),
            entry("hypercache.gossip.suspicion", entry("6", 6L)),
            entry("hypercache.metrics.enabled", entry("off", false)),
            entry("hypercache.metrics.jmx", entry("true", true)),
            entry("hypercache.statistics.scope", entry("cluster", "cluster")),
            entry("hypercache.hold.max", entry("1h", Duration.ofHours(1))),
            entry("hypercache.codec.java.allow", entry("com.acme.**,org.x.Y", List.of("com.acme.**", "org.x.Y"))),
            entry("hypercache.codec.default", entry("jackson", "jackson")),
            entry("hypercache.compression", entry("lz4", "lz4")),
            entry("hypercache.compression.min.bytes", entry("4KB", 4_096L)),
            entry("hypercache.security.tls.cert", entry("file:/c.pem", "file:/c.pem")),
            entry("hypercache.security.tls.key", entry("/k.pem", "/k.pem")),
            entry("hypercache.security.tls.trust", entry("classpath:t.pem", "classpath:t.pem")),
            entry("hypercache.security.tls.keystore", entry("/k.p12", "/k.p12")),
            entry("hypercache.security.tls.key-password.file", entry("/pw", "/pw")),
            entry("hypercache.security.tls.protocols", entry("TLSv1.3", List.of("TLSv1.3"))),
            entry("hypercache.security.trust-domain", entry("acme.example", "acme.example")),
            entry("hypercache.security.hmac.keys.file", entry("/hmac", "/hmac")),
            entry("hypercache.security.bearer.file", entry("/bearer", "/bearer")),
            entry("hypercache.security.reload.interval", entry("2s", Duration.ofSeconds(2))),
            entry("hypercache.security.drain", entry("5s", Duration.ofSeconds(5))),
            entry("hypercache.security.insecure", entry("true", true)),
            entry("hypercache.management.enabled", entry("off", false)),
            entry("hypercache.management.bind", entry("localhost:9090", new HostPort("localhost", 9090))));

    private static final Map<String, Map.Entry<String, Object>> CACHE = Map.of(
            "consistency.read", entry("ONE", "ONE"),
            "consistency.write", entry("ALL", "ALL"),
            "max.entries", entry("1000", 1000L),
            "max.bytes", entry("64MB", 64L << 20),
            "expiry", entry("touched:90s", new ExpirySetting(ExpirySetting.Policy.TOUCHED, Duration.ofSeconds(90))),
            "statistics", entry("on", true),
            "management", entry("off", false));

    @TempDir
    private Path directory;

    @Test
    void tableHasExactlyTheMappedKeys() {
        Set<String> keys = new HashSet<>(NODE.keySet());
        keys.addAll(CACHE.keySet());
        keys.add("hypercache.config");

        assertThat(Setting.values()).extracting(Setting::key).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void variablesAreUnique() {
        assertThat(Setting.values())
                .extracting(setting -> KeyIndex.variable(setting.displayKey()))
                .doesNotHaveDuplicates();
    }

    @Test
    void unsetKeysHaveTheirDefaults() {
        Settings settings = Settings.load(ManagerUri.of(null), null, Sources.none());

        assertThat(settings.embedded()).isTrue();
        assertThat(settings.nodeName()).isEqualTo("embedded");
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.holdMax()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.metricsEnabled()).isTrue();
        assertThat(settings.metricsJmx()).isFalse();
        assertThat(settings.codecDefault()).isEqualTo(CodecDefault.AUTO);
        assertThat(settings.javaAllowPatterns()).isEmpty();
        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.requireMember()).isSameAs(settings);
        assertThat(settings.text(Setting.CLUSTER_NAME)).isEqualTo("hypercache");
        assertThat(settings.number(Setting.NODE_WEIGHT)).isEqualTo(100);
        assertThat(settings.number(Setting.RING_SLOTS)).isEqualTo(1024);
        assertThat(settings.number(Setting.REPLICATION_FACTOR)).isEqualTo(3);
        assertThat(settings.number(Setting.REPLICATION_MIN)).isEqualTo(1);
        assertThat(settings.text(Setting.CONSISTENCY_READ)).isEqualTo("QUORUM");
        assertThat(settings.text(Setting.CONSISTENCY_WRITE)).isEqualTo("QUORUM");
        assertThat(settings.text(Setting.LOSS_POLICY)).isEqualTo("RESET");
        assertThat(settings.text(Setting.START)).isEqualTo("lazy");
        assertThat(settings.text(Setting.STATISTICS_SCOPE)).isEqualTo("local");
        assertThat(settings.text(Setting.COMPRESSION)).isEqualTo("none");
        assertThat(settings.number(Setting.COMPRESSION_MIN_BYTES)).isEqualTo(1_024);
        assertThat(settings.isOn(Setting.INSECURE)).isFalse();
        assertThat(settings.duration(Setting.EVICT_AFTER)).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.duration(Setting.LEAVE_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.duration(Setting.CLOCK_MAX_OFFSET)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void unsetKeysOfSubsystemsHaveTheirDefaults() {
        Settings settings = Settings.defaults();

        assertThat(settings.isOn(Setting.HINT_ENABLED)).isTrue();
        assertThat(settings.duration(Setting.HINT_TTL)).isEqualTo(Duration.ofHours(1));
        assertThat(settings.duration(Setting.HINT_REPLAY_INTERVAL)).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.number(Setting.HINT_MAX_PER_NODE)).isEqualTo(1_000_000);
        assertThat(settings.number(Setting.HINT_MAX_TOTAL)).isEqualTo(4_000_000);
        assertThat(settings.number(Setting.HINT_MAX_BYTES)).isEqualTo(64L << 20);
        assertThat(settings.isOn(Setting.REPAIR_ENABLED)).isTrue();
        assertThat(settings.duration(Setting.REPAIR_INTERVAL)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.isOn(Setting.READ_REPAIR_ENABLED)).isTrue();
        assertThat(settings.isOn(Setting.REBALANCE_ENABLED)).isTrue();
        assertThat(settings.number(Setting.REBALANCE_RATE)).isEqualTo(50L << 20);
        assertThat(settings.number(Setting.REBALANCE_CONCURRENCY)).isEqualTo(4);
        assertThat(settings.isOn(Setting.MANAGEMENT_ENABLED)).isTrue();
        assertThat(settings.isOn(Setting.GOSSIP_ENABLED)).isTrue();
        assertThat(settings.duration(Setting.GOSSIP_INTERVAL)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.number(Setting.GOSSIP_PROBES)).isEqualTo(1);
        assertThat(settings.duration(Setting.GOSSIP_PROBE_TIMEOUT)).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.number(Setting.GOSSIP_INDIRECT)).isEqualTo(3);
        assertThat(settings.number(Setting.GOSSIP_SUSPICION)).isEqualTo(4);
        assertThat(settings.text(Setting.NODE_ZONE)).isNull();
        assertThat(settings.address(Setting.BIND)).isNull();
        assertThat(settings.address(Setting.ADVERTISE)).isNull();
        assertThat(settings.address(Setting.MANAGEMENT_BIND)).isNull();
        assertThat(settings.list(Setting.SEEDS)).isEmpty();
        assertThat(settings.list(Setting.TLS_PROTOCOLS)).isEmpty();
        assertThat(settings.isGiven(Setting.BOOTSTRAP_EXPECT)).isFalse();
        assertThat(settings.isGiven(Setting.CONFIG)).isFalse();
    }

    @Test
    void eachKeyComesFromManagerProperties() {
        assertMapped(Settings.load(ManagerUri.of(null), dotted(), Sources.none()), "manager properties");
    }

    @Test
    void eachKeyComesFromSystemProperties() {
        Sources sources = new Sources(Map.of(), dotted(), null);

        assertMapped(Settings.load(ManagerUri.of(null), null, sources), "system property");
    }

    @Test
    void eachKeyComesFromTheEnvironment() {
        Map<String, String> variables = new HashMap<>();
        NODE.forEach((key, value) -> variables.put(KeyIndex.variable(key), value.getKey()));
        CACHE.forEach((key, value) ->
                variables.put("HYPERCACHE_CACHE_BOOKS_BY_ID_" + KeyIndex.variable(key), value.getKey()));
        Sources sources = new Sources(variables, new Properties(), null);

        assertMapped(Settings.load(ManagerUri.of(null), null, sources), "environment variable HYPERCACHE_");
    }

    @Test
    void eachKeyComesFromAFile() throws IOException {
        Path file = directory.resolve("all.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            dotted().store(out, null);
        }

        assertMapped(
                Settings.load(ManagerUri.of(file.toUri()), null, Sources.none()),
                file.toUri().toString());
    }

    private static Properties dotted() {
        Properties properties = new Properties();
        NODE.forEach((key, value) -> properties.setProperty(key, value.getKey()));
        CACHE.forEach((key, value) -> properties.setProperty("hypercache.cache.books.by-id." + key, value.getKey()));
        return properties;
    }

    private static void assertMapped(Settings settings, String source) {
        for (Setting setting : Setting.values()) {
            if (!setting.isPerCache() && setting != Setting.CONFIG) {
                assertThat(settings.value(setting))
                        .as(setting.key())
                        .isEqualTo(NODE.get(setting.key()).getValue());
                assertThat(settings.source(setting)).as(setting.key()).startsWith(source);
            }
        }
        CacheSettings books = settings.cache("books.by-id");
        for (Map.Entry<String, Map.Entry<String, Object>> key : CACHE.entrySet()) {
            Setting setting = KeyIndex.cacheSetting("x." + key.getKey());
            assertThat(books.value(setting))
                    .as(key.getKey())
                    .isEqualTo(key.getValue().getValue());
        }
        assertThat(settings.cache("other").maxEntries()).isNull();
        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.embedded()).isFalse();
        assertThat(settings.nodeName()).isEqualTo("n-1");
        assertThat(settings.codecDefault()).isEqualTo(CodecDefault.JACKSON);
        assertThat(settings.javaAllowPatterns()).containsExactly("com.acme.**", "org.x.Y");
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(settings.metricsEnabled()).isFalse();
        assertThat(settings.metricsJmx()).isTrue();
    }
}
