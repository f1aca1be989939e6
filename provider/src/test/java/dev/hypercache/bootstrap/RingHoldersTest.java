package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loads and processors of callers of different nodes. */
final class RingHoldersTest {

    private static final String KEY = "key";

    private final LocalRing ring = LocalRing.of(3);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<Integer> loaders = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeRing() {
        mayEnd.countDown();
        ring.close();
    }

    private final class Loader implements CacheLoader<String, String> {

        private final int node;
        private final UnaryOperator<String> load;

        Loader(int node, UnaryOperator<String> load) {
            this.node = node;
            this.load = load;
        }

        @Override
        public String load(String key) {
            loaders.add(node);
            begun.countDown();
            try {
                assertThat(mayEnd.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new CacheLoaderException(e);
            }
            return load.apply(key);
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            throw new UnsupportedOperationException();
        }
    }

    private Cache<String, String> cache(int node, UnaryOperator<String> load) {
        return ring.manager(node)
                .createCache(
                        "held",
                        new MutableConfiguration<String, String>()
                                .setReadThrough(true)
                                .setCacheLoaderFactory(() -> new Loader(node, load)));
    }

    private CompletableFuture<String> loading(Cache<String, String> cache) throws InterruptedException {
        CompletableFuture<String> loaded = Aside.supply(() -> cache.get(KEY));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        return loaded;
    }

    @Test
    void removeAllOnOneNodeBreaksTheLoadOfAnAbsentKeyOnAnother() throws Exception {
        Cache<String, String> loadingNode = cache(0, key -> "loaded before");
        Cache<String, String> other = cache(1, key -> "loaded after");
        CompletableFuture<String> loaded = loading(loadingNode);

        other.removeAll();
        mayEnd.countDown();

        assertThat(loaded.get(30, TimeUnit.SECONDS)).isEqualTo("loaded before");
        assertThat(other.containsKey(KEY)).isFalse();
    }

    @Test
    void loadThatFailedIsSharedWithCallersOfOtherNodes() throws Exception {
        UnaryOperator<String> failing = key -> {
            throw new IllegalStateException("no source");
        };
        CompletableFuture<String> loaded = loading(cache(0, failing));
        Cache<String, String> other = cache(1, failing);
        CompletableFuture<String> waiting = Aside.supply(() -> other.get(KEY));
        awaitQueued(1);
        mayEnd.countDown();

        for (CompletableFuture<String> call : List.of(loaded, waiting)) {
            assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(CacheLoaderException.class)
                    .satisfies(e -> assertThat(e.getMessage() + e.getCause()).contains("no source"));
        }
        assertThat(loaders).containsExactly(0);
    }

    @Test
    void loadThatBroughtNothingIsSharedWithCallersOfOtherNodes() throws Exception {
        CompletableFuture<String> loaded = loading(cache(0, key -> null));
        Cache<String, String> other = cache(1, key -> null);
        CompletableFuture<String> waiting = Aside.supply(() -> other.get(KEY));
        awaitQueued(1);
        mayEnd.countDown();

        assertThat(loaded.get(30, TimeUnit.SECONDS)).isNull();
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isNull();
        assertThat(loaders).containsExactly(0);
    }

    /** Returns when a caller of a node has learnt that it waits for somebody. */
    private void awaitQueued(int node) {
        Awaitility.await().until(() -> ring.node(node).callersHeldUp() > 0);
    }

    @Test
    void mutationOfAThreadThatHoldsAnotherKeyPassesTheHolder() throws Exception {
        Cache<String, String> one = cache(0, key -> null);
        Cache<String, String> other = cache(1, key -> null);
        mayEnd.countDown();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch passed = new CountDownLatch(1);
        CompletableFuture<Integer> processed = Aside.supply(() -> {
            int[] runs = new int[1];
            one.invoke(KEY, (entry, arguments) -> {
                runs[0]++;
                entry.getValue();
                held.countDown();
                try {
                    assertThat(passed.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                entry.setValue("processed");
                return null;
            });
            return runs[0];
        });
        assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
        other.invoke("another", (entry, arguments) -> {
            entry.getValue();
            other.put(KEY, "put past the holder");
            passed.countDown();
            return null;
        });

        assertThat(processed.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(other.get(KEY)).isEqualTo("processed");
    }
}
