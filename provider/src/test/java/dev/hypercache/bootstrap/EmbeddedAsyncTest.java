package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.jcache.AsyncCache;
import dev.hypercache.jcache.HyperCache;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that return at once, on an embedded cache. */
@Timeout(60)
final class EmbeddedAsyncTest {

    private CacheManager manager;
    private AsyncCache<String, Integer> async;
    private Cache<String, Integer> cache;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void create() {
        manager = Caching.getCachingProvider("dev.hypercache.jcache.HyperCachingProvider")
                .getCacheManager();
        cache = manager.createCache(
                "async", new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
        async = cache.unwrap(HyperCache.class).async();
    }

    @AfterEach
    void close() {
        manager.destroyCache("async");
    }

    @Test
    void answersAtOnce() {
        CompletableFuture<?> put = async.put("k", 1).toCompletableFuture();
        assertThat(put).isCompleted();
        assertThat(async.get("k").toCompletableFuture()).isCompletedWithValue(1);
        assertThat(async.containsKey("k").toCompletableFuture()).isCompletedWithValue(true);
        assertThat(async.replace("k", 1, 2).toCompletableFuture()).isCompletedWithValue(true);
        async.putAll(Map.of("a", 1, "b", 2)).toCompletableFuture().join();
        assertThat(async.getAll(Set.of("a", "b", "c")).toCompletableFuture().join())
                .isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    void callerDoesNotWaitForAProcessorOfTheKey() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Integer> processed = async.<Integer>invoke("k", (entry, arguments) -> {
                    running.countDown();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    entry.setValue(1);
                    return 1;
                })
                .toCompletableFuture();
        running.await();

        CompletableFuture<Integer> put = async.getAndPut("k", 2).toCompletableFuture();
        assertThat(put).isNotDone();
        gate.countDown();

        assertThat(processed.join()).isEqualTo(1);
        assertThat(put.join()).isEqualTo(1);
        assertThat(cache.get("k")).isEqualTo(2);
    }
}
