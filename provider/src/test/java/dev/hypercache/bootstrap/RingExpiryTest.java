package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What expires on a ring is told to every node that listens, once, and counted by one. */
final class RingExpiryTest {

    private static final int ENTRIES = 200;

    private static Cache<String, String> cache(LocalRing ring, int node) {
        return ring.manager(node)
                .createCache(
                        "brief",
                        new MutableConfiguration<String, String>()
                                .setStatisticsEnabled(true)
                                .setExpiryPolicyFactory(
                                        CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 300))));
    }

    private static ConcurrentLinkedQueue<String> listenTo(Cache<String, String> cache) {
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        CacheEntryExpiredListener<String, String> listener =
                events -> events.forEach(event -> heard.add(event.getKey() + "=" + event.getOldValue()));
        cache.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, null, true, true));
        return heard;
    }

    @Test
    void everyNodeThatListensHearsOfEachEntryOnce() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "64");
        try (LocalRing ring = LocalRing.of(5, properties)) {
            List<Cache<String, String>> caches = new ArrayList<>();
            List<ConcurrentLinkedQueue<String>> heard = new ArrayList<>();
            for (int node = 0; node < ring.size(); node++) {
                caches.add(cache(ring, node));
                heard.add(listenTo(caches.get(node)));
            }
            for (int i = 0; i < ENTRIES; i++) {
                caches.get(i % 5).put("k" + i, "v" + i);
            }
            // Some are found by readers that race with the leaders.
            Awaitility.await().until(() -> {
                caches.get(0).get("k1");
                return heard.stream().allMatch(ofNode -> ofNode.size() >= ENTRIES);
            });

            List<String> expected = IntStream.range(0, ENTRIES)
                    .mapToObj(i -> "k" + i + "=v" + i)
                    .toList();
            for (ConcurrentLinkedQueue<String> ofNode : heard) {
                assertThat(ofNode).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    @Test
    void onlyThoseWhoListenAreTold() {
        try (LocalRing ring = LocalRing.of(3)) {
            Cache<String, String> writing = cache(ring, 0);
            ConcurrentLinkedQueue<String> heard = listenTo(cache(ring, 1));
            writing.put("k", "v");

            Awaitility.await().until(() -> !heard.isEmpty());
            assertThat(heard).containsExactly("k=v");
            assertThat(writing.containsKey("k")).isFalse();
        }
    }
}
