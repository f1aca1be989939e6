package dev.hypercache.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import io.github.bucket4j.grid.jcache.CompatibilityTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bucket4j on the ring: its own check that entry processors do not overtake each other, and a limit that three nodes share. */
@Timeout(180)
class RateLimitTest {
    private static final int INSTANCES = 3;
    private static final int TOKENS = 300;

    @TempDir
    private static Path directory;

    private static Instances instances;

    @BeforeAll
    static void startTheInstances() throws Exception {
        instances = Instances.start(INSTANCES, directory);
    }

    @AfterAll
    static void closeTheInstances() {
        instances.close();
    }

    @Test
    @Tag("long")
    void bucket4jFindsTheRingCompatible() throws Exception {
        new CompatibilityTest(instances.manager(1).createCache("check", new MutableConfiguration<String, Integer>()))
                .test();
    }

    @Test
    void allInstancesTogetherGetAsManyTokensAsThereAre() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2 * INSTANCES);
        List<Callable<Integer>> consumers = new ArrayList<>();
        for (int i = 0; i < 2 * INSTANCES; i++) {
            Bucket bucket = bucket(i % INSTANCES);
            consumers.add(() -> {
                int consumed = 0;
                while (bucket.tryConsume(1)) {
                    consumed++;
                }
                return consumed;
            });
        }
        int consumed = 0;
        try {
            for (Future<Integer> consumer : threads.invokeAll(consumers)) {
                consumed += consumer.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(consumed).isEqualTo(TOKENS);
    }

    private static Bucket bucket(int instance) {
        CacheManager manager = instances.manager(instance);
        Cache<String, byte[]> cache = manager.getCache("buckets");
        ProxyManager<String> buckets = Bucket4jJCache.entryProcessorBasedBuilder(
                        cache == null
                                ? manager.createCache("buckets", new MutableConfiguration<String, byte[]>())
                                : cache)
                .build();
        BucketConfiguration limit = BucketConfiguration.builder()
                .addLimit(bandwidth -> bandwidth.capacity(TOKENS).refillIntervally(TOKENS, Duration.ofDays(1)))
                .build();
        return buckets.builder().build("api key", () -> limit);
    }
}
