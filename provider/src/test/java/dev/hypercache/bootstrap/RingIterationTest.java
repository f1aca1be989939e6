package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Iteration over a ring of which the iterating node holds three copies of five. */
final class RingIterationTest {

    private static LocalRing ring(int slots) {
        return ring(slots, "QUORUM");
    }

    private static LocalRing ring(int slots, String write) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.consistency.write", write);
        properties.setProperty("hypercache.ring.slots", Integer.toString(slots));
        return LocalRing.of(5, properties);
    }

    private static Cache<String, Integer> cache(LocalRing ring, int node) {
        return ring.manager(node).createCache("iterated", new MutableConfiguration<String, Integer>());
    }

    private static List<String> keysOf(Cache<String, Integer> cache) {
        List<String> keys = new ArrayList<>();
        cache.forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUORUM", "ONE"})
    void everyNodeMeetsEachEntryOnceAndNoneThatWasRemovedBefore(String write) {
        try (LocalRing ring = ring(64, write)) {
            List<Cache<String, Integer>> caches = new ArrayList<>();
            Set<String> expected = new HashSet<>();
            for (int node = 0; node < ring.size(); node++) {
                caches.add(cache(ring, node));
            }
            for (int i = 0; i < 1_000; i++) {
                caches.get(i % 5).put("k" + i, i);
                expected.add("k" + i);
            }
            for (int i = 0; i < 1_000; i += 3) {
                caches.get(i % 5).remove("k" + i);
                expected.remove("k" + i);
            }
            for (Cache<String, Integer> cache : caches) {
                await().untilAsserted(() -> assertThat(keysOf(cache)).containsExactlyInAnyOrderElementsOf(expected));
            }
        }
    }

    @Test
    void slotOfManyPagesIsMetWhole() {
        try (LocalRing ring = ring(16)) {
            Cache<String, Integer> cache = cache(ring, 0);
            Set<String> expected = new HashSet<>();
            for (int batch = 0; batch < 10; batch++) {
                Map<String, Integer> entries = new HashMap<>();
                for (int i = 0; i < 4_000; i++) {
                    entries.put("k" + batch + "/" + i, i);
                }
                cache.putAll(entries);
                expected.addAll(entries.keySet());
            }
            cache.removeAll();
            assertThat(keysOf(cache)).isEmpty();
            assertThat(expected).hasSize(40_000);
        }
    }

    @Test
    void whatStaysIsMetOnceWhileOthersComeAndGo() throws InterruptedException {
        try (LocalRing ring = ring(16)) {
            Cache<String, Integer> mine = cache(ring, 0);
            Cache<String, Integer> others = cache(ring, 3);
            for (int i = 0; i < 500; i++) {
                mine.put("stays" + i, i);
            }
            AtomicBoolean ended = new AtomicBoolean();
            Thread churn = new Thread(() -> {
                for (int i = 0; !ended.get(); i++) {
                    others.put("comes" + i % 300, i);
                    others.remove("comes" + (i + 150) % 300);
                    others.put("stays" + i % 500, i);
                }
            });
            churn.start();
            try {
                for (int round = 0; round < 5; round++) {
                    List<String> met = keysOf(mine);
                    assertThat(met).doesNotHaveDuplicates();
                    assertThat(met).filteredOn(key -> key.startsWith("stays")).hasSize(500);
                }
            } finally {
                ended.set(true);
                churn.join();
            }
        }
    }

    @Test
    void iterationGoesOnWhenANodeDies() {
        try (LocalRing ring = ring(64)) {
            Cache<String, Integer> cache = cache(ring, 0);
            for (int i = 0; i < 500; i++) {
                cache.put("k" + i, i);
            }
            List<String> met = new ArrayList<>();
            var iterator = cache.iterator();
            for (int i = 0; i < 50; i++) {
                met.add(iterator.next().getKey());
            }
            ring.kill(4);
            iterator.forEachRemaining(entry -> met.add(entry.getKey()));
            assertThat(met).doesNotHaveDuplicates().hasSize(500);
        }
    }
}
