package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.jcache.HyperCache;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A size bound counts the entries of the whole ring, whoever leads them. */
final class RingBoundTest {

    private static final int MAX_ENTRIES = 200;
    private static final int WRITES_AT_ONCE = 100;

    private static final int KEYS = 20;

    /** So many that each key is among the samples for certain: one read in eight is drawn. */
    private static final int READS_AT_ONCE = 100;

    private static LocalRing ring(int nodes) {
        return ring(nodes, MAX_ENTRIES);
    }

    private static LocalRing ring(int nodes, int entriesMax) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "64");
        properties.setProperty("hypercache.cache.bounded.max.entries", Integer.toString(entriesMax));
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

    /** Their leaders see nothing of these reads but what they are told; writes make all others look more wanted. */
    @Test
    void whatIsReadOnlyPastItsLeaderStays() {
        int entriesMax = 1_000;
        try (LocalRing ring = ring(3, entriesMax)) {
            Cache<String, Integer> cache = cache(ring, 0);
            Cache<String, Integer> reader = atOne(cache);
            NodeMetrics metrics = ring.metrics(0);
            for (int i = 0; i < entriesMax; i++) {
                cache.put("old" + i, i);
            }
            List<String> keys = putLedElsewhere(cache, metrics);
            List<String> read = keys.subList(0, KEYS);
            List<String> unread = keys.subList(KEYS, 2 * KEYS);

            // Leaders hear once a second of these reads; in the first second all that is present may be evicted.
            Awaitility.await().until(() -> {
                for (int i = 0; i < READS_AT_ONCE; i++) {
                    read.forEach(reader::get);
                }
                return metrics.node().read(MetricName.READ_COUNTS_SENT) >= 2 * KEYS;
            });
            int[] written = new int[1];
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (int i = 0; i < WRITES_AT_ONCE; i++) {
                    cache.put("new" + written[0], 1);
                    cache.put("new" + written[0], 2);
                    cache.put("new" + written[0]++, 3);
                    read.forEach(reader::get);
                }
                return written[0] > 2 * entriesMax && metrics.node().read(MetricName.READ_COUNTS_SENT) >= 6 * KEYS;
            });
            // Reads are told in samples and the policy estimates, so a single key may fare otherwise.
            assertThat(present(cache, unread)).as("of what nobody read").hasSizeLessThan(KEYS / 2);
            assertThat(present(cache, read))
                    .as("of what was read past its leader")
                    .hasSizeGreaterThan(KEYS * 3 / 4);
            assertThat(metrics.node().read(MetricName.READ_COUNTS_DROPPED)).isZero();
        }
    }

    /** Entries of slots that the node does not lead. */
    private static List<String> putLedElsewhere(Cache<String, Integer> cache, NodeMetrics metrics) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; keys.size() < 2 * KEYS; i++) {
            long ledHere = metrics.node().read(MetricName.REQUESTS_LED_HERE);
            cache.put("k" + i, i);
            if (metrics.node().read(MetricName.REQUESTS_LED_HERE) == ledHere) {
                keys.add("k" + i);
            }
        }
        return keys;
    }

    private static List<String> present(Cache<String, Integer> cache, List<String> keys) {
        return keys.stream().filter(cache::containsKey).toList();
    }

    @SuppressWarnings("unchecked")
    private static Cache<String, Integer> atOne(Cache<String, Integer> cache) {
        return ((HyperCache<String, Integer>) cache.unwrap(HyperCache.class)).withConsistency(ConsistencyLevel.ONE);
    }
}
