package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListener;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ends that meet other ends, beginnings and work under way. */
@Timeout(60)
final class LifeCycleRaceTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void everyCompletionListenerHearsOnceWhenTheCacheIsClosed() {
        Gate gate = new Gate();
        Cache<String, String> cache = fresh.cache(new Loader(key -> {
                    gate.pass();
                    return key;
                })
                .configuration());
        List<Calls> listeners = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Calls calls = new Calls(i == 19 ? gate::open : () -> {});
            listeners.add(calls);
            cache.loadAll(Set.of("key" + i), true, calls);
        }
        gate.awaitArrival();

        cache.close();

        await().untilAsserted(() -> assertThat(listeners).allMatch(calls -> calls.count.get() == 1));
        assertThat(listeners).anyMatch(calls -> calls.failure.get() instanceof IllegalStateException);
    }

    private static final class Calls implements CompletionListener {
        final AtomicInteger count = new AtomicInteger();
        final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        private final Runnable then;

        Calls(Runnable then) {
            this.then = then;
        }

        @Override
        public void onCompletion() {
            count.incrementAndGet();
            then.run();
        }

        @Override
        public void onException(Exception e) {
            failure.set(e);
            count.incrementAndGet();
            then.run();
        }
    }

    @Test
    void theSecondCloserWaitsForTheFirst() throws Exception {
        Gate gate = new Gate();
        CompletableFuture<Void> first = destroyedUpTo(gate);

        CompletableFuture<Void> second = Aside.run(() -> fresh.manager().destroyCache(FreshManager.CACHE));
        assertThat(second).isNotDone();
        gate.open();

        first.get(10, TimeUnit.SECONDS);
        second.get(10, TimeUnit.SECONDS);
    }

    @Test
    void nobodyGetsACacheThatIsBeingDestroyed() throws Exception {
        Gate gate = new Gate();
        CompletableFuture<Void> first = destroyedUpTo(gate);

        assertThat(fresh.manager().<String, String>getCache(FreshManager.CACHE)).isNull();
        CompletableFuture<Cache<String, String>> next = Aside.supply(fresh::strings);
        assertThat(next).isNotDone();
        gate.open();

        first.get(10, TimeUnit.SECONDS);
        assertThat(next.get(10, TimeUnit.SECONDS).isClosed()).isFalse();
    }

    /** A cache that somebody destroys, as far as its loader lets him. */
    private CompletableFuture<Void> destroyedUpTo(Gate gate) {
        fresh.cache(FreshManager.stringsConfiguration().setCacheLoaderFactory(() -> new ClosingLoader(gate::pass)));
        CompletableFuture<Void> destroyed = Aside.run(() -> fresh.manager().destroyCache(FreshManager.CACHE));
        gate.awaitArrival();
        return destroyed;
    }

    @Test
    void anErrorAtTheEndOfOneCacheKeepsNothingElseOpen() {
        CacheManager manager = fresh.manager();
        Cache<String, String> broken = manager.createCache(
                "broken",
                FreshManager.stringsConfiguration()
                        .setStatisticsEnabled(true)
                        .setCacheLoaderFactory(() -> new ClosingLoader(() -> {
                            throw new NoClassDefFoundError("undeployed");
                        })));
        Cache<String, String> other = manager.createCache("other", FreshManager.stringsConfiguration());

        manager.close();

        assertThat(List.of(broken.isClosed(), other.isClosed(), manager.isClosed()))
                .containsOnly(true);
    }

    @Test
    void aVirtualMachineErrorAtTheEndIsThrownWhenAllIsClosed() {
        CacheManager manager = fresh.manager();
        manager.createCache(
                "broken",
                FreshManager.stringsConfiguration()
                        .setCacheLoaderFactory(() -> new ClosingLoader(() -> {
                            throw new StackOverflowError("at the end");
                        })));
        Cache<String, String> other = manager.createCache("other", FreshManager.stringsConfiguration());

        assertThatThrownBy(manager::close).isInstanceOf(StackOverflowError.class);

        assertThat(other.isClosed()).isTrue();
    }

    private record ClosingLoader(Runnable end) implements CacheLoader<String, String>, Closeable {
        @Override
        public String load(String key) {
            return key;
        }

        @Override
        public Map<String, String> loadAll(Iterable<? extends String> keys) {
            return Map.of();
        }

        @Override
        public void close() {
            end.run();
        }
    }

    @Test
    void noBeanIsLeftWhenACacheIsCreatedWhileItsManagerCloses() throws Exception {
        for (int round = 0; round < 50; round++) {
            CacheManager manager = fresh.manager();
            Crowd.run(2, member -> () -> {
                if (member == 0) {
                    manager.close();
                } else {
                    createOrFindClosed(manager);
                }
                return 0;
            });
            String uri = manager.getURI().toString().replace(':', '.');
            assertThat(server.queryNames(new ObjectName("javax.cache:*,CacheManager=" + uri), null))
                    .isEmpty();
        }
    }

    private static void createOrFindClosed(CacheManager manager) {
        try {
            manager.createCache(
                    "raced",
                    FreshManager.stringsConfiguration()
                            .setStatisticsEnabled(true)
                            .setManagementEnabled(true));
        } catch (IllegalStateException e) {
            assertThat(manager.isClosed()).isTrue();
        }
    }

    @Test
    void theBeanOfAnotherManagerOfTheSameUriStays() throws Exception {
        URI uri = URI.create("hypercache:shared");
        CacheManager first = fresh.provider().getCacheManager(uri, getClass().getClassLoader());
        CacheManager second = fresh.provider().getCacheManager(uri, new ClassLoader() {});
        first.createCache("seen", FreshManager.stringsConfiguration().setStatisticsEnabled(true));
        second.createCache("seen", FreshManager.stringsConfiguration().setStatisticsEnabled(true));
        ObjectName name = new ObjectName("javax.cache:type=CacheStatistics,CacheManager=hypercache.shared,Cache=seen");

        second.close();

        assertThat(server.isRegistered(name)).isTrue();
        first.close();
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void closingTheDefaultLoadersManagersLeavesTheOthers() {
        CacheManager mine = fresh.manager();
        CacheManager other = fresh.provider().getCacheManager(mine.getURI(), new ClassLoader() {});

        fresh.provider().close((ClassLoader) null);

        assertThat(mine.isClosed()).isTrue();
        assertThat(other.isClosed()).isFalse();
    }

    @Test
    void thePropertiesOfAManagerAreACopy() {
        Properties given = fresh.manager().getProperties();

        given.setProperty("added", "later");

        assertThat(fresh.manager().getProperties()).doesNotContainKey("added");
    }

    @Test
    void aClosedCacheTakesNoListener() {
        Cache<String, String> cache = fresh.strings();
        cache.close();

        assertThatThrownBy(() -> cache.registerCacheEntryListener(new Recorder<String, String>().synchronous()))
                .isInstanceOf(IllegalStateException.class);
    }
}
