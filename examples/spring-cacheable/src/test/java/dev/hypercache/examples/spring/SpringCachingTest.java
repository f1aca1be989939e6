package dev.hypercache.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.jcache.JCacheCache;

@SpringBootTest
@Timeout(60)
class SpringCachingTest {
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    private static final int CALLERS = 16;

    @Autowired
    private ClockChanges changes;

    @Autowired
    private JobOwners owners;

    @Autowired
    private CacheManager caches;

    private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    private int computedBefore;

    @BeforeEach
    void emptyTheCaches() {
        caches.getCacheNames().forEach(name -> cache(name).clear());
        computedBefore = changes.computations();
    }

    @AfterEach
    void stopTheThreads() {
        threads.shutdownNow();
    }

    @Test
    void cachesAreServedByHyperCache() {
        assertThat(cache("next-change")).isInstanceOf(JCacheCache.class);
        assertThat(cache("next-change").getNativeCache().getClass().getName()).startsWith("dev.hypercache.");
    }

    @Test
    void cacheableMethodRunsOnceForEachKey() {
        Instant first = changes.nextChange("Europe/Paris", NEW_YEAR);

        assertThat(first).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(changes.nextChange("Europe/Paris", NEW_YEAR)).isEqualTo(first);
        assertThat(changes.nextChange("America/New_York", NEW_YEAR)).isEqualTo("2026-03-08T07:00:00Z");
        assertThat(computations()).isEqualTo(2);
    }

    @Test
    void nullIsCachedLikeAnyOtherValue() {
        assertThat(changes.nextChange("Asia/Tokyo", NEW_YEAR)).isNull();
        assertThat(changes.nextChange("Asia/Tokyo", NEW_YEAR)).isNull();

        assertThat(computations()).isEqualTo(1);
    }

    @Test
    void evictingAllEntriesForgetsEveryKeyOfThatCacheOnly() {
        changes.nextChange("Europe/Paris", NEW_YEAR);
        changes.nextChange("Asia/Tokyo", NEW_YEAR);
        changes.changesOf(2026);

        changes.rulesChanged();
        changes.nextChange("Europe/Paris", NEW_YEAR);
        changes.nextChange("Asia/Tokyo", NEW_YEAR);
        changes.changesOf(2026);

        assertThat(computations()).isEqualTo(5);
    }

    @Test
    void callersThatComeTogetherShareOneComputationWhenSyncIsOn() throws Exception {
        CyclicBarrier together = new CyclicBarrier(CALLERS);
        Callable<YearOfChanges> call = () -> {
            together.await();
            return changes.changesOf(2026);
        };

        Set<YearOfChanges> answers = new HashSet<>();
        for (Future<YearOfChanges> answer : threads.invokeAll(Collections.nCopies(CALLERS, call))) {
            answers.add(answer.get());
        }

        assertThat(computations()).isEqualTo(1);
        assertThat(answers).hasSize(1);
        assertThat(answers.iterator().next().shiftByZone()).containsEntry("Europe/Paris", Duration.ofHours(1));
    }

    @Test
    void firstOfManyPutIfAbsentWins() throws Exception {
        CyclicBarrier together = new CyclicBarrier(CALLERS);
        List<Callable<String>> claims = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String worker = "worker " + i;
            claims.add(() -> {
                together.await();
                return owners.claim("nightly report", worker);
            });
        }

        Set<String> answers = new HashSet<>();
        for (Future<String> answer : threads.invokeAll(claims)) {
            answers.add(answer.get());
        }

        assertThat(answers).hasSize(1);
        assertThat(cache("job-owner").get("nightly report", String.class))
                .isEqualTo(answers.iterator().next());
    }

    @Test
    void valueThatIsLoadedWhileItsKeyIsEvictedIsNotServedAfterwards() throws Exception {
        assertThat(valueAfterEvictionDuringLoad(cache -> cache.evict("key"))).isEqualTo("read after the eviction");
    }

    @Test
    void valueThatIsLoadedWhileAllEntriesAreEvictedIsNotServedAfterwards() throws Exception {
        assertThat(valueAfterEvictionDuringLoad(Cache::clear)).isEqualTo("read after the eviction");
    }

    private String valueAfterEvictionDuringLoad(Consumer<Cache> eviction) throws Exception {
        Cache cache = cache("changes-of-year");
        AtomicReference<String> source = new AtomicReference<>("read before the eviction");
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch mayFinish = new CountDownLatch(1);
        Callable<String> loader = () -> {
            String read = source.get();
            loading.countDown();
            assertThat(mayFinish.await(30, TimeUnit.SECONDS)).isTrue();
            return read;
        };
        Future<String> loaded = threads.submit(() -> cache.get("key", loader));
        assertThat(loading.await(30, TimeUnit.SECONDS)).isTrue();

        source.set("read after the eviction");
        AtomicReference<Thread> evictor = new AtomicReference<>();
        FutureTask<Void> evicting = new FutureTask<>(() -> eviction.accept(cache), null);
        threads.execute(() -> {
            evictor.set(Thread.currentThread());
            evicting.run();
        });
        // A provider may evict at once or wait for the load.
        await().until(() -> evicting.isDone() || isWaiting(evictor.get()));
        mayFinish.countDown();
        loaded.get();
        evicting.get();
        return cache.get("key", source::get);
    }

    private static boolean isWaiting(Thread thread) {
        if (thread == null) {
            return false;
        }
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    private int computations() {
        return changes.computations() - computedBefore;
    }

    private Cache cache(String name) {
        return Objects.requireNonNull(caches.getCache(name), name);
    }
}
