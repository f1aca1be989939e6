package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.jcache.HyperCache;
import dev.hypercache.runtime.call.ConsistencyLevel;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Levels of single calls and of caches on a ring of three. */
@Timeout(60)
final class ConsistencyLevelTest {

    private static final MutableConfiguration<String, String> TYPES =
            new MutableConfiguration<String, String>().setTypes(String.class, String.class);

    private static LocalRing ring(String... settings) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.request.timeout", "2s");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return LocalRing.of(3, properties);
    }

    private static Cache<String, String> cache(LocalRing ring, int node) {
        return ring.manager(node).createCache("books", TYPES);
    }

    @SuppressWarnings("unchecked")
    private static Cache<String, String> at(ConsistencyLevel level, Cache<String, String> cache) {
        return ((HyperCache<String, String>) cache.unwrap(HyperCache.class)).withConsistency(level);
    }

    @Test
    void everyCopyHasAWriteThatWaitedForAllVoters() {
        try (LocalRing ring = ring()) {
            Cache<String, String> one = at(ConsistencyLevel.ALL, cache(ring, 0));
            Cache<String, String> two = at(ConsistencyLevel.ONE, cache(ring, 1));
            Cache<String, String> three = at(ConsistencyLevel.ONE, cache(ring, 2));
            for (int i = 0; i < 100; i++) {
                one.put("k" + i, "v" + i);
                assertThat(two.get("k" + i)).isEqualTo("v" + i);
                assertThat(three.get("k" + i)).isEqualTo("v" + i);
            }
            one.putAll(Map.of("k1", "w1", "k2", "w2"));
            assertThat(three.getAll(Set.of("k1", "k2", "none"))).isEqualTo(Map.of("k1", "w1", "k2", "w2"));
            assertThat(at(ConsistencyLevel.ALL, cacheOf(ring, 1)).get("k3")).isEqualTo("v3");
        }
    }

    private static Cache<String, String> cacheOf(LocalRing ring, int node) {
        return ring.manager(node).getCache("books", String.class, String.class);
    }

    @Test
    void oneCopyAnswersWhereNoMajorityIsLeft() {
        try (LocalRing ring = ring()) {
            Cache<String, String> cache = cache(ring, 0);
            at(ConsistencyLevel.ALL, cache).put("k", "v");

            ring.kill(1);
            assertThatThrownBy(() -> at(ConsistencyLevel.ALL, cache).put("k", "lost"))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("it needs 3 of 3 replicas");
            ring.kill(2);

            assertThat(at(ConsistencyLevel.ONE, cache).get("k")).isIn("v", "lost");
            assertThatThrownBy(() -> cache.get("k"))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("it needs 2 of 3 replicas");
        }
    }

    @Test
    void levelBelowThatOfWritesRefusesMutations() {
        try (LocalRing ring = ring("hypercache.consistency.write", "ALL", "hypercache.consistency.read", "ONE")) {
            Cache<String, String> cache = cache(ring, 0);
            cache.put("k", "v");
            assertThat(cache(ring, 1).get("k")).isEqualTo("v");
            for (ConsistencyLevel level : Set.of(ConsistencyLevel.ONE, ConsistencyLevel.QUORUM)) {
                assertThat(at(level, cache).get("k")).isEqualTo("v");
                assertThatThrownBy(() -> at(level, cache).put("k", "w"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("books")
                        .hasMessageContaining("withConsistency");
                assertThatThrownBy(() -> at(level, cache).clear()).isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(at(ConsistencyLevel.ALL, cache).getAndPut("k", "w")).isEqualTo("v");
        }
    }
}
