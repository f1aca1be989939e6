package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.config.ConfigurationException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Managers whose settings ask for a ring over sockets. */
@Timeout(180)
final class SocketRingTest {

    private static final String[] JMX = {"hypercache.metrics.jmx", "on"};

    private final SocketManagers managers = new SocketManagers();

    @AfterEach
    void close() {
        managers.close();
    }

    private CacheManager manager(String bind, List<String> seeds, String... more) {
        return managers.manager(bind, seeds, more);
    }

    private static CompletableFuture<Cache<String, String>> cache(CacheManager manager) {
        return Aside.supply(() -> manager.createCache("books", new MutableConfiguration<>()));
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    @Test
    void threeManagersFormARingAndShareACache() throws Exception {
        List<String> seeds = SocketManagers.addresses(3);
        List<CompletableFuture<Cache<String, String>>> starting = new ArrayList<>();
        for (String bind : seeds) {
            starting.add(cache(manager(bind, seeds)));
        }
        List<Cache<String, String>> caches = new ArrayList<>();
        for (CompletableFuture<Cache<String, String>> one : starting) {
            caches.add(get(one));
        }
        for (int i = 0; i < 100; i++) {
            caches.get(i % 3).put("k" + i, "v" + i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(caches.get((i + 1) % 3).get("k" + i)).isEqualTo("v" + i);
        }
    }

    @Test
    void entriesAreServedOverHttpAtThePortOfAnyNode() throws Exception {
        List<String> seeds = SocketManagers.addresses(2);
        CompletableFuture<Cache<String, String>> one = cache(manager(seeds.get(0), seeds));
        CompletableFuture<Cache<String, String>> other = cache(manager(seeds.get(1), seeds));
        get(one).put("k", "from Java");
        get(other);
        HttpClient client = HttpClient.newHttpClient();
        URI read = URI.create("http://" + seeds.get(1) + "/internal/get?cache=books&key=k");
        HttpResponse<String> found = client.send(HttpRequest.newBuilder(read).build(), BodyHandlers.ofString());
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(found.body()).contains("from Java");

        HttpRequest set = HttpRequest.newBuilder(URI.create("http://" + seeds.get(1) + "/internal/set"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"cache\":\"books\",\"key\":\"k\",\"type\":\"string\",\"value\":\"from HTTP\"}"))
                .build();
        assertThat(client.send(set, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(get(one).get("k")).isEqualTo("from HTTP");
    }

    @Test
    void nodeThatCompressesAndOneThatDoesNotShareACache() throws Exception {
        List<String> seeds = SocketManagers.addresses(2);
        String[] lz4 = {"hypercache.compression", "lz4", "hypercache.compression.min.bytes", "100"};
        CompletableFuture<Cache<String, String>> one = cache(manager(seeds.get(0), seeds, with(lz4, JMX)));
        CompletableFuture<Cache<String, String>> other = cache(manager(seeds.get(1), seeds, JMX));
        String poem = "a line of a poem that never ends, ".repeat(300);
        for (int i = 0; i < 16; i++) {
            get(one).put("k" + i, poem + i);
        }
        for (int i = 0; i < 16; i++) {
            assertThat(get(other).get("k" + i)).isEqualTo(poem + i);
        }
        assertThat(metric(seeds.get(0), "transport_compressions")).isPositive();
        assertThat(metric(seeds.get(0), "transport_bytes_saved")).isGreaterThan(10L * poem.length());
        assertThat(metric(seeds.get(1), "transport_compressions")).isZero();
    }

    private static String[] with(String[] some, String... more) {
        return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
    }

    /** A metric of a node that publishes them as MBeans. */
    private static long metric(String node, String name) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        String pattern = "dev.hypercache:node=" + ObjectName.quote(node) + ",name=hypercache_dist_" + name + ",*";
        Set<ObjectName> found = server.queryNames(new ObjectName(pattern), null);
        assertThat(found).as(name).hasSize(1);
        return ((Number) server.getAttribute(found.iterator().next(), "Count")).longValue();
    }

    @Test
    void nodeThatLeftReturns() throws Exception {
        List<String> seeds = SocketManagers.addresses(2);
        String[] leaving = {"hypercache.leave.timeout", "20s"};
        CompletableFuture<Cache<String, String>> one = cache(managers.manager(seeds.get(0), seeds));
        CompletableFuture<Cache<String, String>> other = cache(managers.manager(seeds.get(1), seeds, leaving));
        get(one).put("k", "v");
        get(other);
        managers.provider(1).close();
        get(one).put("k", "w");

        assertThat(get(cache(managers.manager(seeds.get(1), seeds))).get("k")).isEqualTo("w");
    }

    @Test
    void addressThatOthersCanReachIsRefusedWithoutCertificatesOrKeys() throws Exception {
        CacheManager manager = manager("0.0.0.0:7411", List.of("127.0.0.1:7411"));

        assertThatThrownBy(() -> manager.createCache("books", new MutableConfiguration<>()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("hypercache.bind")
                .hasMessageContaining("hypercache.security.tls.cert=")
                .hasMessageContaining("hypercache.security.hmac.keys.file=");
    }

    @Test
    void twoManagersOfOneAddressShareANode() throws Exception {
        List<String> seeds = SocketManagers.addresses(1);
        Cache<String, String> one = get(cache(manager(seeds.get(0), seeds)));
        CacheManager second = manager(seeds.get(0), seeds);
        Cache<String, String> other = second.createCache("others", new MutableConfiguration<>());
        one.put("k", "v");
        other.put("k", "w");
        second.close();

        assertThat(one.get("k")).isEqualTo("v");
    }
}
