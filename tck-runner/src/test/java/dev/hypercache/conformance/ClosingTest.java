package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListenerFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Closing against everything that may be under way, and what must be closed with a cache. */
@Timeout(60)
final class ClosingTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    static Stream<Named<BiConsumer<CacheManager, Cache<?, ?>>>> closings() {
        return Stream.of(
                Named.of("Cache.close", (manager, cache) -> cache.close()),
                Named.of("destroyCache", (manager, cache) -> manager.destroyCache(cache.getName())),
                Named.of("CacheManager.close", (manager, cache) -> manager.close()),
                Named.of(
                        "CachingProvider.close",
                        (manager, cache) -> manager.getCachingProvider().close()));
    }

    @ParameterizedTest
    @MethodSource("closings")
    void operationsThatRaceWithTheEndSucceedOrAreAnIllegalState(BiConsumer<CacheManager, Cache<?, ?>> closing) {
        for (int round = 0; round < 10; round++) {
            Cache<String, String> cache = fresh.strings();
            List<Integer> done = Crowd.run(5, member -> () -> {
                if (member == 0) {
                    Thread.yield();
                    closing.accept(cache.getCacheManager(), cache);
                    return 0;
                }
                return useUntilClosed(cache, member);
            });
            assertThat(done).hasSize(5);
            assertThat(cache.isClosed()).isTrue();
            assertThatThrownBy(() -> cache.get("key")).isInstanceOf(IllegalStateException.class);
            fresh.manager().destroyCache(FreshManager.CACHE);
        }
    }

    @ParameterizedTest
    @MethodSource("closings")
    void theEndClosesWhatTheCacheWasGivenBeforeItReturns(BiConsumer<CacheManager, Cache<?, ?>> closing) {
        Everything everything = new Everything();
        Cache<String, String> cache = fresh.cache(FreshManager.stringsConfiguration()
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> new CloseableLoader(everything))
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> new CloseableWriter(everything))
                .setExpiryPolicyFactory(() -> new CloseablePolicy(everything))
                .addCacheEntryListenerConfiguration(new MutableCacheEntryListenerConfiguration<>(
                        () -> new CloseableListener(everything), null, false, true)));
        cache.put("key", "value");

        closing.accept(cache.getCacheManager(), cache);

        assertThat(everything.closed).containsExactlyInAnyOrder("loader", "writer", "policy", "listener");
    }

    @Test
    void aFailureToCloseOneOfThemDoesNotKeepTheOthersOpen() {
        Everything everything = new Everything();
        Cache<String, String> cache = fresh.cache(FreshManager.stringsConfiguration()
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> new CloseableLoader(everything) {
                    @Override
                    public void close() {
                        super.close();
                        throw new IllegalStateException("the loader does not close");
                    }
                })
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> new CloseableWriter(everything))
                .setExpiryPolicyFactory(() -> new CloseablePolicy(everything)));

        try {
            cache.close();
        } catch (CacheException tolerated) {
            assertThat(tolerated).hasRootCauseMessage("the loader does not close");
        }

        assertThat(cache.isClosed()).isTrue();
        assertThat(everything.closed).containsExactlyInAnyOrder("loader", "writer", "policy");
    }

    @Test
    void aDeregisteredListenerIsClosed() {
        Everything everything = new Everything();
        Cache<String, String> cache = fresh.strings();
        MutableCacheEntryListenerConfiguration<String, String> registration =
                new MutableCacheEntryListenerConfiguration<>(
                        () -> new CloseableListener(everything), null, false, true);
        cache.registerCacheEntryListener(registration);

        cache.deregisterCacheEntryListener(registration);

        assertThat(everything.closed).containsExactly("listener");
    }

    @Test
    void closeWaitsForALoadOrEndsIt() throws Exception {
        Gate gate = new Gate();
        Loader held = new Loader(key -> {
            gate.pass();
            return "loaded";
        });
        Cache<String, String> cache = fresh.cache(held.configuration());
        CompletionListenerFuture loaded = new CompletionListenerFuture();
        cache.loadAll(Set.of("key"), false, loaded);
        gate.awaitArrival();

        CompletableFuture<Void> closed = Aside.run(cache::close);
        gate.open();

        closed.get(30, TimeUnit.SECONDS);
        assertThat(cache.isClosed()).isTrue();
        assertThat(Aside.supply(() -> ended(loaded)).get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClosedCacheStillSaysWhoseItIsAndThatItIsClosed() {
        Cache<String, String> cache = fresh.strings();
        CacheManager manager = cache.getCacheManager();
        cache.close();
        cache.close();

        assertThat(cache.getName()).isEqualTo(FreshManager.CACHE);
        assertThat(cache.getCacheManager()).isSameAs(manager);
        assertThat(cache.isClosed()).isTrue();
    }

    @Test
    void aNameIsFreeAgainAfterDestroyAndTheNewCacheIsEmpty() {
        Cache<String, String> cache = fresh.strings();
        cache.put("key", "value");
        fresh.manager().destroyCache(FreshManager.CACHE);

        Cache<String, String> again = fresh.strings();

        assertThat(again).isNotSameAs(cache).isEmpty();
    }

    private static int useUntilClosed(Cache<String, String> cache, int member) {
        for (int i = 0; i < 1_000_000; i++) {
            try {
                switch ((i + member) % 6) {
                    case 0 -> cache.put("key", "value");
                    case 1 -> cache.get("key");
                    case 2 -> Processing.set(cache);
                    case 3 -> cache.putAll(Map.of("a", "1", "b", "2"));
                    case 4 -> cache.removeAll();
                    default -> cache.forEach(entry -> {});
                }
            } catch (IllegalStateException closed) {
                return i;
            }
        }
        throw new AssertionError("The cache did not close");
    }

    private static boolean ended(CompletionListenerFuture future) {
        try {
            future.get();
        } catch (Exception failed) {
            return true;
        }
        return true;
    }

    /** Keeps who was closed. */
    private static final class Everything {
        private final List<String> closed = new CopyOnWriteArrayList<>();
    }

    private static class CloseableLoader implements CacheLoader<String, String>, Closeable {
        private final Everything everything;

        CloseableLoader(Everything everything) {
            this.everything = everything;
        }

        @Override
        public @Nullable String load(String key) {
            return null;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return Map.of();
        }

        @Override
        public void close() {
            everything.closed.add("loader");
        }
    }

    private record CloseableWriter(Everything everything) implements CacheWriter<String, String>, Closeable {
        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {}

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {}

        @Override
        public void close() {
            everything.closed.add("writer");
        }
    }

    private record CloseablePolicy(Everything everything) implements ExpiryPolicy, Closeable {
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
            everything.closed.add("policy");
        }
    }

    private record CloseableListener(Everything everything)
            implements CacheEntryCreatedListener<String, String>, Closeable {
        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}

        @Override
        public void close() {
            everything.closed.add("listener");
        }
    }
}
