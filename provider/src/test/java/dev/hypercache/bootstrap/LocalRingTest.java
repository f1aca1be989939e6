package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cache of a ring of three, seen through JCache from each of its nodes. */
@Timeout(60)
final class LocalRingTest {

    private final LocalRing ring = LocalRing.of(3);

    @AfterEach
    void close() {
        ring.close();
    }

    private <K, V> Cache<K, V> cache(int node, Class<K> keys, Class<V> values) {
        return ring.manager(node).createCache("books", new MutableConfiguration<K, V>().setTypes(keys, values));
    }

    @Test
    void whatOneNodePutsTheOthersGet() {
        Cache<String, String> one = cache(0, String.class, String.class);
        Cache<String, String> two = cache(1, String.class, String.class);
        Cache<String, String> three = cache(2, String.class, String.class);
        for (int i = 0; i < 200; i++) {
            one.put("k" + i, "v" + i);
            assertThat(two.get("k" + i)).isEqualTo("v" + i);
            assertThat(three.getAndPut("k" + i, "w" + i)).isEqualTo("v" + i);
            assertThat(one.get("k" + i)).isEqualTo("w" + i);
        }
    }

    @Test
    void conditionalOperationsSeeWhatOtherNodesDid() {
        Cache<String, Integer> one = cache(0, String.class, Integer.class);
        Cache<String, Integer> two = cache(1, String.class, Integer.class);
        assertThat(one.putIfAbsent("k", 1)).isTrue();
        assertThat(two.putIfAbsent("k", 2)).isFalse();
        assertThat(two.replace("k", 2, 3)).isFalse();
        assertThat(two.replace("k", 1, 3)).isTrue();
        assertThat(one.getAndReplace("k", 4)).isEqualTo(3);
        assertThat(two.remove("k", 3)).isFalse();
        assertThat(two.remove("k", 4)).isTrue();
        assertThat(one.containsKey("k")).isFalse();
        assertThat(one.getAndRemove("k")).isNull();
    }

    @Test
    void processorsOnEveryNodeCountTogether() {
        for (int round = 0; round < 30; round++) {
            Cache<String, Integer> cache = round < 3
                    ? cache(round, String.class, Integer.class)
                    : ring.manager(round % 3).getCache("books", String.class, Integer.class);
            int now = cache.invoke("counter", (entry, arguments) -> {
                int next = entry.exists() ? entry.getValue() + 1 : 1;
                entry.setValue(next);
                return next;
            });
            assertThat(now).isEqualTo(round + 1);
        }
    }

    @Test
    void clearOnOneNodeEmptiesTheCacheOnAll() {
        Cache<String, String> one = cache(0, String.class, String.class);
        Cache<String, String> two = cache(1, String.class, String.class);
        Map<String, String> books = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            books.put("k" + i, "v" + i);
        }
        one.putAll(books);
        assertThat(two.getAll(books.keySet())).isEqualTo(books);
        Map<String, String> seen = new HashMap<>();
        two.forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
        assertThat(seen).isEqualTo(books);
        two.removeAll(Set.of("k1", "k2"));
        assertThat(one.getAll(Set.of("k1", "k3"))).containsOnlyKeys("k3");

        two.clear();

        assertThat(one.getAll(books.keySet())).isEmpty();
        assertThat(one.iterator()).isExhausted();
        one.put("k1", "again");
        assertThat(two.get("k1")).isEqualTo("again");
    }

    @Test
    void callersOfTwoNodesThatMissAKeyLoadItOnce() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch loaded = new CountDownLatch(1);
        List<CompletableFuture<String>> readers = new ArrayList<>();
        for (int node = 0; node < 2; node++) {
            Cache<String, String> cache = ring.manager(node)
                    .createCache(
                            "loaded",
                            new MutableConfiguration<String, String>()
                                    .setTypes(String.class, String.class)
                                    .setReadThrough(true)
                                    .setCacheLoaderFactory(() -> new SlowLoader(loads, loading, loaded)));
            readers.add(Aside.supply(() -> cache.get("k")));
            loading.await();
        }
        loaded.countDown();
        for (CompletableFuture<String> reader : readers) {
            assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo("loaded");
        }
        assertThat(loads).hasValue(1);
    }

    private record SlowLoader(AtomicInteger loads, CountDownLatch loading, CountDownLatch loaded)
            implements CacheLoader<String, String> {
        @Override
        public String load(String key) {
            loads.incrementAndGet();
            loading.countDown();
            try {
                loaded.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "loaded";
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            throw new UnsupportedOperationException("keys are loaded one by one");
        }
    }

    @Test
    void destroyedCacheIsANewOneWhenItIsCreatedAgain() {
        cache(0, String.class, String.class).put("k", "v");
        ring.manager(0).destroyCache("books");

        assertThat(cache(0, String.class, String.class).get("k")).isNull();
    }
}
