package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the application's code throws, nothing but its own call is lost. */
@Timeout(60)
final class ErrorsInUserCodeTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @Test
    void anErrorOfAListenerKeepsNoOtherEventFromDelivery() {
        AtomicInteger calls = new AtomicInteger();
        Recorder<String, String> recorder = new Recorder<>(event -> {
            if (calls.incrementAndGet() == 1) {
                throw new AssertionError("first");
            }
        });
        Cache<String, String> cache = fresh.strings();
        IntStream.range(0, 10).forEach(i -> cache.put("key" + i, "value"));
        cache.registerCacheEntryListener(recorder.synchronous());

        assertThatThrownBy(cache::removeAll)
                .isInstanceOf(CacheEntryListenerException.class)
                .hasCauseInstanceOf(AssertionError.class);

        assertThat(recorder.heard(EventType.REMOVED)).hasSize(10);
    }

    @Test
    void anErrorOfTheVirtualMachineIsThrownWhenAllEventsAreDelivered() {
        AtomicInteger calls = new AtomicInteger();
        Recorder<String, String> recorder = new Recorder<>(event -> {
            if (calls.incrementAndGet() == 2) {
                throw new StackOverflowError("second");
            }
        });
        Cache<String, String> cache = fresh.strings();
        IntStream.range(0, 5).forEach(i -> cache.put("key" + i, "value"));
        cache.registerCacheEntryListener(recorder.synchronous());

        assertThatThrownBy(cache::removeAll).isInstanceOf(StackOverflowError.class);

        assertThat(recorder.heard(EventType.REMOVED)).hasSize(5);
        cache.put("key0", "again");
        assertThat(recorder.heard(EventType.CREATED)).hasSize(1);
    }

    @Test
    void anErrorOfAnAsynchronousListenerDoesNotEndItsDeliveries() {
        Recorder<String, String> recorder = new Recorder<>(event -> {
            throw new AssertionError("always");
        });
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(recorder.asynchronous());

        cache.put("key", "1");
        cache.put("key", "2");

        await().untilAsserted(() -> assertThat(recorder.heard()).hasSize(2));
    }

    @Test
    void everyFailureOfAListenerButItsOwnKindIsWrapped() {
        Recorder<String, String> recorder = new Recorder<>(event -> {
            throw new CacheLoaderException("from a listener");
        });
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(recorder.synchronous());

        assertThatThrownBy(() -> cache.put("key", "value"))
                .isInstanceOf(CacheEntryListenerException.class)
                .hasCauseInstanceOf(CacheLoaderException.class);
    }

    @Test
    void anErrorOfTheLoaderReachesTheCompletionListener() throws Exception {
        Cache<String, String> cache = fresh.cache(new Loader(key -> {
                    throw new NoClassDefFoundError("gone");
                })
                .configuration());
        CompletableFuture<Exception> heard = new CompletableFuture<>();

        cache.loadAll(Set.of("key"), true, completing(heard));

        assertThat(heard.get(10, TimeUnit.SECONDS))
                .isInstanceOf(CacheException.class)
                .hasRootCauseInstanceOf(NoClassDefFoundError.class);
    }

    private static CompletionListener completing(CompletableFuture<Exception> heard) {
        return new CompletionListener() {
            @Override
            public void onCompletion() {
                heard.completeExceptionally(new AssertionError("completed"));
            }

            @Override
            public void onException(Exception failure) {
                heard.complete(failure);
            }
        };
    }

    @Test
    void aHungListenerForExpiryStopsNoOtherCacheAndRunsWithTheApplicationsLoader() {
        Gate gate = new Gate();
        AtomicReference<@Nullable ClassLoader> loader = new AtomicReference<>();
        Recorder<String, String> hung = new Recorder<>(event -> {
            if (event.type() == EventType.EXPIRED) {
                loader.set(Thread.currentThread().getContextClassLoader());
                gate.pass();
            }
        });
        Recorder<String, String> other = new Recorder<>();
        Cache<String, String> hanging = fresh.manager().createCache("hanging", shortLived());
        Cache<String, String> going = fresh.manager().createCache("going", shortLived());
        hanging.registerCacheEntryListener(hung.synchronous());
        going.registerCacheEntryListener(other.synchronous());
        hanging.put("key", "value");
        gate.awaitArrival();

        going.put("key", "value");

        await().untilAsserted(() -> assertThat(other.heard(EventType.EXPIRED)).hasSize(1));
        gate.open();
        assertThat(loader.get()).isSameAs(fresh.manager().getClassLoader());
    }

    @Test
    void anErrorForAnExpiredEntryDoesNotEndExpiry() {
        Recorder<String, String> recorder = new Recorder<>(event -> {
            if (event.type() == EventType.EXPIRED) {
                throw new AssertionError("always");
            }
        });
        Cache<String, String> cache = fresh.cache(shortLived());
        cache.registerCacheEntryListener(recorder.synchronous());
        cache.put("first", "value");
        await().untilAsserted(
                        () -> assertThat(recorder.heard(EventType.EXPIRED)).hasSize(1));

        cache.put("second", "value");

        await().untilAsserted(
                        () -> assertThat(recorder.heard(EventType.EXPIRED)).hasSize(2));
    }

    private static MutableConfiguration<String, String> shortLived() {
        return FreshManager.stringsConfiguration()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 100)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerThatCannotBeMadeLeavesNoCacheAndNothingOpen(boolean makesNull) {
        List<String> closed = new CopyOnWriteArrayList<>();
        Factory<CacheEntryListener<String, String>> broken = () -> {
            if (makesNull) {
                return nothing();
            }
            throw new NoClassDefFoundError("gone");
        };
        MutableConfiguration<String, String> configuration = FreshManager.stringsConfiguration()
                .setExpiryPolicyFactory(() -> new ClosingPolicy(closed))
                .addCacheEntryListenerConfiguration(
                        new MutableCacheEntryListenerConfiguration<>(broken, null, false, true));

        assertThatThrownBy(() -> fresh.cache(configuration))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("listener factory of cache '" + FreshManager.CACHE + "'");

        assertThat(closed).containsExactly("policy");
        assertThat(fresh.manager().getCacheNames()).isEmpty();
        assertThat(fresh.strings().getName()).isEqualTo(FreshManager.CACHE);
    }

    @SuppressWarnings("NullAway") // A factory that breaks its contract.
    private static <T> T nothing() {
        return null;
    }

    private record ClosingPolicy(List<String> closed) implements javax.cache.expiry.ExpiryPolicy, Closeable {
        @Override
        public Duration getExpiryForCreation() {
            return Duration.ETERNAL;
        }

        @Override
        public @Nullable Duration getExpiryForAccess() {
            return null;
        }

        @Override
        public @Nullable Duration getExpiryForUpdate() {
            return null;
        }

        @Override
        public void close() {
            closed.add("policy");
        }
    }
}
