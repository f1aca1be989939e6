package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What callers of one node do is heard by the listeners of the others. */
final class RingEventsTest {

    private static final int KEYS = 50;

    /** Tells everything that it hears. */
    private static final class Listener
            implements CacheEntryCreatedListener<String, String>,
                    CacheEntryUpdatedListener<String, String>,
                    CacheEntryRemovedListener<String, String> {
        private final Consumer<CacheEntryEvent<? extends String, ? extends String>> heard;

        Listener(Consumer<CacheEntryEvent<? extends String, ? extends String>> heard) {
            this.heard = heard;
        }

        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            events.forEach(heard);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            events.forEach(heard);
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            events.forEach(heard);
        }
    }

    private static LocalRing ring(String timeout) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "32");
        properties.setProperty("hypercache.request.timeout", timeout);
        return LocalRing.of(4, properties);
    }

    private static List<Cache<String, String>> caches(LocalRing ring) {
        List<Cache<String, String>> caches = new ArrayList<>();
        for (int node = 0; node < ring.size(); node++) {
            caches.add(ring.manager(node).createCache("told", new MutableConfiguration<>()));
        }
        return caches;
    }

    private static void listen(
            Cache<String, String> cache,
            boolean wantsOld,
            boolean synchronous,
            Consumer<CacheEntryEvent<? extends String, ? extends String>> heard) {
        listen(cache, null, wantsOld, synchronous, heard);
    }

    private static void listen(
            Cache<String, String> cache,
            @Nullable Factory<? extends CacheEntryEventFilter<? super String, ? super String>> filter,
            boolean wantsOld,
            boolean synchronous,
            Consumer<CacheEntryEvent<? extends String, ? extends String>> heard) {
        Listener listener = new Listener(heard);
        cache.registerCacheEntryListener(
                new MutableCacheEntryListenerConfiguration<>(() -> listener, filter, wantsOld, synchronous));
    }

    private static String text(CacheEntryEvent<? extends String, ? extends String> event) {
        return event.getEventType() + " " + event.getValue() + " after " + event.getOldValue();
    }

    @Test
    void listenerHearsOfEachKeyInOrderWhatAnotherNodeDid() {
        try (LocalRing ring = ring("PT5S")) {
            List<Cache<String, String>> caches = caches(ring);
            ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<String> filtered = new ConcurrentLinkedQueue<>();
            listen(caches.get(0), true, false, event -> heard.add(event.getKey() + " " + text(event)));
            listen(
                    caches.get(0),
                    () -> event -> event.getKey().equals("k7"),
                    false,
                    false,
                    event -> filtered.add(text(event)));
            for (int key = 0; key < KEYS; key++) {
                caches.get(1).put("k" + key, "a");
                caches.get(2).put("k" + key, "b");
                caches.get(3).remove("k" + key);
            }

            Awaitility.await().until(() -> heard.size() >= 3 * KEYS && filtered.size() >= 3);
            for (int key = 0; key < KEYS; key++) {
                String name = "k" + key + " ";
                assertThat(heard.stream().filter(one -> one.startsWith(name)))
                        .containsExactly(
                                name + "CREATED a after null", name + "UPDATED b after a", name + "REMOVED b after b");
            }
            assertThat(filtered).containsExactly("CREATED a after null", "UPDATED b after null", "REMOVED b after b");
        }
    }

    @Test
    void operationWaitsForSynchronousListenersOfEveryNodeAndHearsNothingTwice() {
        try (LocalRing ring = ring("PT5S")) {
            List<Cache<String, String>> caches = caches(ring);
            List<ConcurrentLinkedQueue<String>> heard = new ArrayList<>();
            for (Cache<String, String> cache : caches) {
                ConcurrentLinkedQueue<String> ofNode = new ConcurrentLinkedQueue<>();
                heard.add(ofNode);
                listen(cache, true, true, event -> ofNode.add(event.getKey() + " " + text(event)));
            }
            for (int i = 0; i < KEYS; i++) {
                String created = "k" + i + " CREATED v" + i + " after null";
                caches.get(i % caches.size()).put("k" + i, "v" + i);
                for (ConcurrentLinkedQueue<String> ofNode : heard) {
                    assertThat(ofNode).hasSize(i + 1).contains(created);
                }
            }
        }
    }

    @Test
    void listenerThatHangsDelaysTheOperationsOfOthersAndFailsNone() {
        try (LocalRing ring = ring("PT2S")) {
            List<Cache<String, String>> caches = caches(ring);
            CountDownLatch opened = new CountDownLatch(1);
            ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
            listen(caches.get(0), false, true, event -> {
                heard.add(text(event));
                await(opened);
            });
            caches.get(1).put("k", "v");

            assertThat(heard).containsExactly("CREATED v after null");
            assertThat(caches.get(2).get("k")).isEqualTo("v");
            opened.countDown();
        }
    }

    @Test
    void listenersOfACacheThatNobodyOrdersHearCallersOfTheirOwnNode() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.consistency.write", "ONE");
        try (LocalRing ring = LocalRing.of(3, properties)) {
            List<Cache<String, String>> caches = caches(ring);
            ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
            listen(caches.get(0), true, true, event -> heard.add(text(event)));
            caches.get(0).put("k", "a");
            caches.get(0).put("k", "b");

            assertThat(heard).containsExactly("CREATED a after null", "UPDATED b after a");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
