package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A size bound counts the entries of the whole ring, whoever leads them. */
final class RingBoundTest {

    private static final int MAX_ENTRIES = 200;

    private static LocalRing ring(int nodes) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "64");
        properties.setProperty("hypercache.cache.bounded.max.entries", Integer.toString(MAX_ENTRIES));
        return LocalRing.of(nodes, properties);
    }

    private static Cache<String, Integer> cache(LocalRing ring, int node) {
        return ring.manager(node).createCache("bounded", new MutableConfiguration<String, Integer>());
    }

    private static int size(Cache<String, Integer> cache) {
        int[] size = new int[1];
        cache.forEach(entry -> size[0]++);
        return size[0];
    }

    @Test
    void cacheThatOneNodeHasOpenKeepsItsBoundOnAllLeaders() {
        try (LocalRing ring = ring(5)) {
            Cache<String, Integer> cache = cache(ring, 0);
            for (int i = 0; i < MAX_ENTRIES; i++) {
                cache.put("k" + i, i);
            }
            assertThat(size(cache)).as("entries within the bound").isEqualTo(MAX_ENTRIES);

            for (int i = 0; i < 5 * MAX_ENTRIES; i++) {
                cache.put("more" + i, i);
            }
            Awaitility.await().until(() -> size(cache) <= MAX_ENTRIES);
            assertThat(size(cache)).isGreaterThan(MAX_ENTRIES * 3 / 4);
        }
    }

    @Test
    void whatIsClearedMakesRoom() {
        try (LocalRing ring = ring(3)) {
            Cache<String, Integer> cache = cache(ring, 1);
            for (int round = 0; round < 3; round++) {
                cache.clear();
                for (int i = 0; i < MAX_ENTRIES; i++) {
                    cache.put(round + "k" + i, i);
                }
                // A leader may have heard just before the clear how much another one has.
                assertThat(size(cache)).isBetween(MAX_ENTRIES * 3 / 4, MAX_ENTRIES);
            }
        }
    }

    @Test
    void boundHoldsAgainAfterALeaderDied() {
        try (LocalRing ring = ring(3)) {
            Cache<String, Integer> cache = cache(ring, 0);
            for (int i = 0; i < 2 * MAX_ENTRIES; i++) {
                cache.put("k" + i, i);
            }
            ring.kill(2);
            for (int i = 0; i < 2 * MAX_ENTRIES; i++) {
                cache.put("after" + i, i);
            }
            Awaitility.await().until(() -> size(cache) <= MAX_ENTRIES);
            assertThat(size(cache)).isGreaterThan(MAX_ENTRIES / 2);
        }
    }
}
