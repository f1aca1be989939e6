package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.telemetry.MetricName;
import java.time.Duration;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members keep nothing of caches that were destroyed: a ring lives longer than what applications create on it. */
@Timeout(60)
final class DroppedCachesTest {

    private static final int CACHES = 25;
    private static final int KEYS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LocalRing ring = start();

    private static LocalRing start() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        return LocalRing.of(3, properties);
    }

    @AfterEach
    void close() {
        ring.close();
    }

    private Cache<String, String> filled(int node, String name) {
        Cache<String, String> cache = ring.manager(node).createCache(name, new MutableConfiguration<>());
        for (int key = 0; key < KEYS; key++) {
            cache.put("k" + key, name);
        }
        return cache;
    }

    private long kept(int node) {
        return ring.metrics(node).node().read(MetricName.CACHES_KEPT);
    }

    @Test
    void nothingIsLeftOfDestroyedCaches() {
        Cache<String, String> stays = filled(0, "stays");
        for (int number = 0; number < CACHES; number++) {
            CacheManager manager = ring.manager(number % 3);
            filled(number % 3, "short");
            manager.destroyCache("short");
        }
        await().atMost(PATIENCE).until(() -> {
            ring.manager(1).createCache("another", new MutableConfiguration<>()); // A change that all nodes follow.
            ring.manager(1).destroyCache("another");
            return kept(0) <= 2 && kept(1) <= 2 && kept(2) <= 2;
        });

        for (int key = 0; key < KEYS; key++) {
            assertThat(stays.get("k" + key)).isEqualTo("stays");
        }
        Cache<String, String> anew = ring.manager(2).createCache("short", new MutableConfiguration<>());
        assertThat(anew.iterator().hasNext()).isFalse();
        anew.put("k", "new");
        assertThat(anew.get("k")).isEqualTo("new");
    }

    @Test
    void aCacheThatIsClearedKeepsItsClear() {
        Cache<String, String> cache = filled(0, "cleared");
        cache.clear();
        filled(1, "short");
        ring.manager(1).destroyCache("short");

        assertThat(cache.iterator().hasNext()).isFalse();
        assertThat(kept(0)).isPositive();
    }
}
