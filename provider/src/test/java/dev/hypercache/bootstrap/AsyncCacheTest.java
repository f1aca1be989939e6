package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.jcache.AsyncCache;
import dev.hypercache.jcache.HyperCache;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.IndeterminateResultException;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import dev.hypercache.transport.local.LocalNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that no thread waits for, on a ring of three. */
@Timeout(120)
final class AsyncCacheTest {

    private static final int MANY = 5_000;

    private final Faults faults = Faults.of(FaultPlan.seeded(8).build());
    private final LocalRing ring = start();

    private LocalRing start() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.request.timeout", "10s");
        properties.setProperty("hypercache.requests.max", String.valueOf(MANY + 10));
        LocalNetwork network = new LocalNetwork();
        return LocalRing.of(3, properties, network, faults.around(network));
    }

    @AfterEach
    void close() {
        ring.close();
    }

    private static MutableConfiguration<String, Object> plain() {
        return new MutableConfiguration<String, Object>()
                .setTypes(String.class, Object.class)
                .setStatisticsEnabled(true);
    }

    private HyperCache<String, Object> create(MutableConfiguration<String, Object> configuration) {
        return own(ring.manager(0).createCache("books", configuration));
    }

    @SuppressWarnings("unchecked")
    private static HyperCache<String, Object> own(Cache<String, Object> cache) {
        return cache.unwrap(HyperCache.class);
    }

    private static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Throwable failureOf(CompletionStage<?> stage) {
        try {
            Object value = stage.toCompletableFuture().join();
            throw new AssertionError("completed with " + value);
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    @Test
    void eachOperationDoesWhatTheOneThatWaitsDoes() {
        HyperCache<String, Object> cache = create(plain());
        AsyncCache<String, Object> async = cache.async();

        assertThat(got(async.get("k"))).isNull();
        got(async.put("k", 1));
        assertThat(got(async.get("k"))).isEqualTo(1);
        assertThat(got(async.containsKey("k"))).isTrue();
        assertThat(got(async.putIfAbsent("k", 2))).isFalse();
        assertThat(got(async.putIfAbsent("l", 2))).isTrue();
        assertThat(got(async.getAndPut("k", 3))).isEqualTo(1);
        assertThat(got(async.replace("k", 4))).isTrue();
        assertThat(got(async.replace("m", 4))).isFalse();
        assertThat(got(async.replace("k", 1, 5))).isFalse();
        assertThat(got(async.replace("k", 4, 5))).isTrue();
        assertThat(got(async.getAndReplace("k", 6))).isEqualTo(5);
        assertThat(got(async.remove("k", 5))).isFalse();
        assertThat(got(async.remove("k", 6))).isTrue();
        assertThat(got(async.remove("k"))).isFalse();
        assertThat(got(async.remove("l"))).isTrue();
        assertThat(got(async.getAndRemove("l"))).isNull();
        got(async.putAll(Map.of("a", 1, "b", 2)));
        assertThat(got(async.getAll(Set.of("a", "b", "c")))).isEqualTo(Map.of("a", 1, "b", 2));
        got(async.removeAll(Set.of("a", "c")));
        assertThat(ring.manager(1).createCache("books", plain()).get("a")).isNull();
        int counted = got(async.invoke(
                "b",
                (entry, arguments) -> {
                    entry.setValue((int) entry.getValue() + (int) arguments[0]);
                    return (int) entry.getValue();
                },
                40));
        assertThat(counted).isEqualTo(42);
        assertThat(cache.get("b")).isEqualTo(42);
    }

    @Test
    void statisticsCountAsForCallsThatWait() {
        HyperCache<String, Object> cache = create(plain());
        AsyncCache<String, Object> async = cache.async();
        CacheStatistics counted = cache.statistics();

        got(async.get("k"));
        got(async.put("k", 1));
        got(async.get("k"));
        got(async.putAll(Map.of("a", 1, "b", 2)));
        got(async.getAll(Set.of("a", "b", "c")));
        got(async.replace("k", 1, 2));
        got(async.remove("k"));
        got(async.removeAll(Set.of("a", "c")));

        assertThat(counted.getCacheHits()).isEqualTo(1 + 2 + 1);
        assertThat(counted.getCacheMisses()).isEqualTo(1 + 1);
        assertThat(counted.getCachePuts()).isEqualTo(1 + 2 + 1);
        assertThat(counted.getCacheRemovals()).isEqualTo(1 + 1);
        assertThat(counted.getAverageGetTime()).isPositive();
    }

    @Test
    void equalityOfTheCallerDecidesWhereBytesDiffer() {
        AsyncCache<String, Object> async = create(plain()).async();
        got(async.put("k", new LinkedHashSet<>(List.of("x", "y"))));

        assertThat(got(async.replace("k", new LinkedHashSet<>(List.of("y")), "no")))
                .isFalse();
        assertThat(got(async.replace("k", new LinkedHashSet<>(List.of("y", "x")), "replaced")))
                .isTrue();
        assertThat(got(async.get("k"))).isEqualTo("replaced");
    }

    /** More calls than one frame takes, and none before another one's end. */
    @Test
    void thousandsOfKeysGoTogether() {
        AsyncCache<String, Object> async = create(plain()).async();
        Map<String, Object> books = new LinkedHashMap<>();
        for (int i = 0; i < MANY; i++) {
            books.put("book" + i, i);
        }
        got(async.putAll(books));
        assertThat(got(async.getAll(books.keySet()))).isEqualTo(books);
        got(async.removeAll(books.keySet()));
        assertThat(got(async.getAll(books.keySet()))).isEmpty();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hypercache-"))
                .count();
    }

    @Test
    void noThreadIsParkedForACallThatIsPending() {
        HyperCache<String, Object> cache = create(plain());
        AsyncCache<String, Object> async = cache.async();
        for (int i = 0; i < 100; i++) {
            got(async.put("warm" + i, 0));
        }
        faults.isolate("n1");
        long before = threads();
        int all = Thread.activeCount();
        List<CompletableFuture<?>> pending = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            pending.add(async.put("key" + i, i).toCompletableFuture());
        }
        assertThat(ring.metrics(0).node().read(MetricName.REQUESTS_IN_FLIGHT)).isEqualTo(MANY);
        assertThat(pending).noneMatch(CompletableFuture::isDone);
        // The ring itself may begin some that it needs for other things.
        assertThat(threads()).isLessThan(before + 10);
        assertThat(Thread.activeCount()).isLessThan(all + 10);

        faults.heal();
        CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new)).join();
        assertThat(ring.metrics(0).node().read(MetricName.REQUESTS_IN_FLIGHT)).isZero();
        assertThat(cache.get("key" + (MANY - 1))).isEqualTo(MANY - 1);
    }

    @Test
    void callBeyondTheBoundFailsItsStage() {
        AsyncCache<String, Object> async = create(plain()).async();
        got(async.put("warm", 0));
        faults.isolate("n1");
        List<CompletableFuture<?>> pending = new ArrayList<>();
        for (int i = 0; i < MANY + 10; i++) {
            pending.add(async.put("key" + i, i).toCompletableFuture());
        }
        assertThat(failureOf(async.get("key")))
                .isInstanceOfSatisfying(
                        RequestFailedException.class, e -> assertThat(e.code()).isEqualTo("OVERLOADED"));
        faults.heal();
        CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new)).join();
    }

    @Test
    void callWithoutAnAnswerEndsByItself() {
        AsyncCache<String, Object> async = create(plain()).async();
        got(async.put("k", 0));
        faults.isolate("n1");
        CompletableFuture<?> put = async.put("k", 1).toCompletableFuture();
        await().atMost(30, TimeUnit.SECONDS).until(put::isDone);
        assertThat(failureOf(put)).isInstanceOfAny(IndeterminateResultException.class, RequestFailedException.class);
    }

    @Test
    void closingTheNodeEndsWhatIsPending() {
        AsyncCache<String, Object> async = create(plain()).async();
        got(async.put("k", 0));
        faults.isolate("n1");
        CompletableFuture<?> put = async.put("k", 1).toCompletableFuture();
        CompletableFuture<?> get = async.get("k").toCompletableFuture();
        ring.kill(0);
        await().until(() -> put.isDone() && get.isDone());
        assertThat(failureOf(put)).isInstanceOf(IndeterminateResultException.class);
        assertThat(failureOf(get)).isInstanceOf(RequestFailedException.class);
    }

    @Test
    void cancellingAStageStopsNothing() {
        HyperCache<String, Object> cache = create(plain());
        got(cache.async().put("warm", 0));
        faults.isolate("n1");
        CompletableFuture<?> put = cache.async().put("k", 1).toCompletableFuture();
        assertThat(put.cancel(true)).isTrue();
        faults.heal();
        await().until(() -> cache.get("k") != null);
        assertThat(put).isCancelled();
    }

    @Test
    @SuppressWarnings("NullAway") // That is what is refused.
    void wrongArgumentsFailTheStage() {
        HyperCache<String, Object> cache = create(plain());
        AsyncCache<String, Object> async = cache.async();
        assertThat(failureOf(async.get(null))).isInstanceOf(NullPointerException.class);
        assertThat(failureOf(async.put("k", null))).isInstanceOf(NullPointerException.class);
        assertThat(failureOf(async.invoke("k", null))).isInstanceOf(NullPointerException.class);
        assertThat(failureOf(async.putAll(null))).isInstanceOf(NullPointerException.class);
        cache.close();
        assertThat(failureOf(async.get("k"))).isInstanceOf(IllegalStateException.class);
        assertThat(failureOf(async.invoke("k", (entry, arguments) -> 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void synchronousListenersHaveHeardWhenTheStageCompletes() {
        List<String> heardOn = new ArrayList<>();
        CacheEntryCreatedListener<String, Object> listener =
                events -> heardOn.add(Thread.currentThread().getName());
        HyperCache<String, Object> cache =
                create(plain().addCacheEntryListenerConfiguration(new MutableCacheEntryListenerConfiguration<>(
                        new FactoryBuilder.SingletonFactory<>(listener), null, false, true)));

        CompletionStage<Integer> heard = cache.async().put("k", 1).thenApply(unused -> heardOn.size());

        assertThat(got(heard)).isEqualTo(1);
        assertThat(heardOn).allMatch(name -> name.equals("hypercache-async-n1"));
    }

    /** Loads when it is let, and never a key that it does not know. */
    private record GatedLoader(CountDownLatch gate) implements CacheLoader<String, Object> {
        @Override
        public Object load(String key) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (key.startsWith("unknown")) {
                throw new CacheLoaderException(key);
            }
            return "loaded " + key;
        }

        @Override
        public Map<String, Object> loadAll(Iterable<? extends String> keys) {
            Map<String, Object> loaded = new LinkedHashMap<>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
        }
    }

    @Test
    void userCodeRunsOnABoundedNumberOfThreadsAndWhatIsTooMuchIsRefused() {
        CountDownLatch gate = new CountDownLatch(1);
        HyperCache<String, Object> cache = create(plain().setReadThrough(true)
                .setCacheLoaderFactory(new FactoryBuilder.SingletonFactory<>(new GatedLoader(gate))));
        List<CompletableFuture<Object>> loads = new ArrayList<>();
        for (int i = 0; i < 16 + 1_000; i++) {
            loads.add(cache.async().get("k" + i).toCompletableFuture());
        }
        assertThat(failureOf(cache.async().get("one more")))
                .isInstanceOfSatisfying(
                        RequestFailedException.class, e -> assertThat(e.code()).isEqualTo("OVERLOADED"))
                .hasMessageContaining("loader");
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("hypercache-call-books"))
                        .count())
                .isEqualTo(16);
        gate.countDown();
        for (int i = 0; i < loads.size(); i++) {
            assertThat(got(loads.get(i))).isEqualTo("loaded k" + i);
        }
        assertThat(failureOf(cache.async().get("unknown"))).isInstanceOf(CacheLoaderException.class);
        assertThat(got(cache.async().getAll(Set.of("k1", "new")))).containsOnlyKeys("k1", "new");
    }

    @Test
    void levelOfAViewCounts() {
        HyperCache<String, Object> cache = create(plain());
        AsyncCache<String, Object> atOne =
                own(cache.withConsistency(ConsistencyLevel.ONE)).async();
        got(cache.async().put("k", 1));
        await().until(() -> got(atOne.get("k")) != null);
        assertThatThrownBy(() -> got(atOne.put("k", 2))).hasCauseInstanceOf(IllegalArgumentException.class);
    }
}
