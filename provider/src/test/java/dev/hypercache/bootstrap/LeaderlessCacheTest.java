package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.jcache.HyperCache;
import dev.hypercache.runtime.call.CacheTrait;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import dev.hypercache.transport.local.LocalNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Caches whose writes nobody orders, on a ring of three with real threads. */
@Timeout(120)
final class LeaderlessCacheTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final LocalNetwork network = new LocalNetwork();
    private final Faults faults = Faults.of(FaultPlan.seeded(7).build());

    private static final CacheTraits UNORDERED = CacheTraits.of(Map.of(CacheTrait.WRITE_LEVEL, "ONE"));

    private static MutableConfiguration<String, String> types() {
        return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    }

    private LocalRing ring(String... settings) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.request.timeout", "2s");
        properties.setProperty("hypercache.consistency.write", "ONE");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return LocalRing.of(3, properties, network, faults.around(network));
    }

    private static List<Cache<String, String>> caches(LocalRing ring) {
        List<Cache<String, String>> caches = new ArrayList<>();
        for (int node = 0; node < ring.size(); node++) {
            caches.add(ring.manager(node).createCache("books", types()));
        }
        return caches;
    }

    @SuppressWarnings("unchecked")
    private static Cache<String, String> at(ConsistencyLevel level, Cache<String, String> cache) {
        return ((HyperCache<String, String>) cache.unwrap(HyperCache.class)).withConsistency(level);
    }

    private static void awaitEverywhere(List<Cache<String, String>> caches, String key, String value) {
        for (Cache<String, String> cache : caches) {
            await().atMost(SOON)
                    .until(() -> value.equals(at(ConsistencyLevel.ONE, cache).get(key)));
        }
    }

    private static long counted(LocalRing ring, MetricName name) {
        long sum = 0;
        for (int node = 0; node < ring.size(); node++) {
            sum += ring.metrics(node).node().read(name);
        }
        return sum;
    }

    @Test
    void whatOneNodeWritesAndRemovesAllNodesSee() {
        try (LocalRing ring = ring()) {
            List<Cache<String, String>> caches = caches(ring);
            caches.get(0).put("k", "v");
            assertThat(caches.get(0).get("k")).isEqualTo("v");
            awaitEverywhere(caches, "k", "v");
            assertThat(caches.get(1).remove("k")).isTrue();
            for (Cache<String, String> cache : caches) {
                await().atMost(SOON)
                        .until(() -> !at(ConsistencyLevel.ONE, cache).containsKey("k"));
            }
            caches.get(2).putAll(Map.of("a", "1", "b", "2", "c", "3"));
            assertThat(caches.get(2).getAll(Set.of("a", "b", "none"))).isEqualTo(Map.of("a", "1", "b", "2"));
            Set<String> seen = new HashSet<>();
            caches.get(2).forEach(entry -> seen.add(entry.getKey()));
            assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void conditionalOperationsMeetAtOneReplica() {
        try (LocalRing ring = ring()) {
            List<Cache<String, String>> caches = caches(ring);
            assertThat(caches.get(0).putIfAbsent("k", "v")).isTrue();
            assertThat(caches.get(1).putIfAbsent("k", "w")).isFalse();
            assertThat(caches.get(2).replace("k", "v", "w")).isTrue();
            assertThat(caches.get(0).replace("k", "v", "x")).isFalse();
            awaitEverywhere(caches, "k", "w");
            String invoked = caches.get(1).invoke("k", (entry, arguments) -> {
                entry.setValue(entry.getValue() + "!");
                return entry.getValue();
            });
            assertThat(invoked).isEqualTo("w!");
            assertThat(caches.get(2).remove("k", "w!")).isTrue();
            assertThat(counted(ring, MetricName.LEADERLESS_ATOMICS)).isGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void sideThatIsCutOffGoesOnAndTheNewestWriteStaysWhenTheyMeetAgain() {
        try (LocalRing ring = ring()) {
            List<Cache<String, String>> caches = caches(ring);
            caches.get(1).put("k", "before");
            caches.get(1).put("gone", "before");
            awaitEverywhere(caches, "k", "before");
            awaitEverywhere(caches, "gone", "before");

            faults.isolate("n1");
            caches.get(1).put("k", "majority");
            caches.get(1).remove("gone");
            await().atMost(SOON)
                    .until(() -> !at(ConsistencyLevel.ONE, caches.get(2)).containsKey("gone"));
            caches.get(0).put("k", "minority");
            caches.get(0).put("alone", "kept");
            assertThat(at(ConsistencyLevel.ONE, caches.get(0)).get("k")).isEqualTo("minority");
            assertThat(at(ConsistencyLevel.ONE, caches.get(0)).get("gone")).isEqualTo("before");
            assertThatThrownBy(() -> caches.get(0).get("k"))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("a read at ONE may do");
            assertThat(caches.get(1).get("k")).isEqualTo("majority");

            faults.heal();
            awaitEverywhere(caches, "k", "minority");
            awaitEverywhere(caches, "alone", "kept");
            await().atMost(SOON)
                    .until(() -> !at(ConsistencyLevel.ONE, caches.get(0)).containsKey("gone"));
            assertThat(caches.get(2).get("k")).isEqualTo("minority");
        }
    }

    @Test
    void lastOfThreeNodesServes() {
        try (LocalRing ring = ring("hypercache.consistency.read", "ONE")) {
            List<Cache<String, String>> caches = caches(ring);
            caches.get(1).put("k", "v");
            awaitEverywhere(caches, "k", "v");
            ring.kill(1);
            ring.kill(2);
            Cache<String, String> last = caches.get(0);
            assertThat(last.get("k")).isEqualTo("v");
            last.put("k", "w");
            assertThat(last.get("k")).isEqualTo("w");
            await().atMost(SOON).ignoreExceptions().until(() -> last.putIfAbsent("other", "x"));
            assertThat(last.remove("k")).isTrue();
            assertThat(last.get("k")).isNull();
        }
    }

    @Test
    void readsAreMadeAtAnyLevelAndWritesAtOneOnly() {
        try (LocalRing ring = ring()) {
            Cache<String, String> cache = caches(ring).get(0);
            at(ConsistencyLevel.ONE, cache).put("k", "v");
            for (ConsistencyLevel level : ConsistencyLevel.values()) {
                assertThat(at(level, cache).get("k")).isEqualTo("v");
            }
            for (ConsistencyLevel level : Set.of(ConsistencyLevel.QUORUM, ConsistencyLevel.ALL)) {
                assertThatThrownBy(() -> at(level, cache).put("k", "w"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("with ONE");
            }
        }
    }

    @Test
    void nodesThatDisagreeOnTheOrderOfACacheAreTold() {
        try (LocalRing ring = ring("hypercache.cache.ordered.consistency.write", "QUORUM")) {
            ring.node(0).ringId("said", CacheTraits.ORDERED);
            assertThatThrownBy(() -> ring.node(1).ringId("said", UNORDERED))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("consistency.write=QUORUM on the ring and consistency.write=ONE here");
            ring.node(0).ringId("unsaid", UNORDERED);
            assertThatThrownBy(() -> ring.node(1).ringId("unsaid", CacheTraits.ORDERED))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("consistency.write=ONE on the ring");
            assertThat(ring.node(2).ringId("unsaid", UNORDERED))
                    .isEqualTo(ring.node(0).ringId("unsaid", UNORDERED));
        }
    }

    @Test
    void clearEmptiesEveryCopy() {
        try (LocalRing ring = ring()) {
            List<Cache<String, String>> caches = caches(ring);
            for (int i = 0; i < 50; i++) {
                caches.get(i % 3).put("k" + i, "v" + i);
            }
            for (int i = 0; i < 50; i++) {
                awaitEverywhere(caches, "k" + i, "v" + i);
            }
            caches.get(1).clear();
            for (Cache<String, String> cache : caches) {
                await().atMost(SOON).until(() -> !cache.iterator().hasNext());
            }
        }
    }

    @Test
    void tracesOfRemovalsGoWhenEverybodyKnows() {
        try (LocalRing ring = ring()) {
            List<Cache<String, String>> caches = caches(ring);
            for (int i = 0; i < 100; i++) {
                caches.get(0).put("k" + i, "v");
                caches.get(0).remove("k" + i);
            }
            await().atMost(SOON).until(() -> counted(ring, MetricName.LEADERLESS_FLOORS_RAISED) > 0);
            assertThat(caches.get(2).iterator().hasNext()).isFalse();
        }
    }

    @Test
    void boundOfSizeIsRefusedBecauseNobodyWouldKeepIt() {
        try (LocalRing ring = ring("hypercache.cache.bounded.max.entries", "10")) {
            assertThatThrownBy(() -> ring.manager(0).createCache("bounded", new MutableConfiguration<>()))
                    .isInstanceOf(CacheException.class)
                    .hasMessageContaining("bounded")
                    .hasMessageContaining("max.entries");
        }
    }

    @Test
    void entryExpiresOnEveryNode() {
        try (LocalRing ring = ring()) {
            List<Cache<String, String>> caches = new ArrayList<>();
            for (int node = 0; node < ring.size(); node++) {
                caches.add(ring.manager(node)
                        .createCache(
                                "books",
                                types().setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(
                                        new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 500)))));
            }
            caches.get(0).put("k", "v");
            for (Cache<String, String> cache : caches) {
                await().atMost(SOON).until(() -> cache.get("k") == null);
            }
            caches.get(1).put("k", "w");
            assertThat(caches.get(1).get("k")).isEqualTo("w");
        }
    }
}
