package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.cache.jcache.JCacheCache;
import org.springframework.cache.jcache.JCacheCacheManager;

/** Spring's own adapter, with its processors that nobody can serialize, its keys and its null. */
@Timeout(30)
final class SpringCacheTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @Test
    void aValueLoaderRunsOnceForManyThreads() {
        Cache cache = spring();
        AtomicInteger loads = new AtomicInteger();
        Callable<String> loader = () -> "loaded" + loads.incrementAndGet();

        assertThat(Crowd.run(16, member -> () -> cache.get("key", loader))).containsOnly("loaded1");
        assertThat(loads).hasValue(1);
    }

    @Test
    void aValueLoaderThatFailsReachesTheCallerAndCachesNothing() {
        Cache cache = spring();

        assertThatThrownBy(() -> cache.get("key", () -> {
                    throw new IllegalStateException("the loader fails");
                }))
                .isInstanceOf(Cache.ValueRetrievalException.class)
                .hasRootCauseMessage("the loader fails");

        assertThat(cache.get("key")).isNull();
    }

    @Test
    void nullIsAValue() {
        Cache cache = spring();

        cache.put("key", null);

        assertThat(cache.get("key"))
                .isNotNull()
                .extracting(Cache.ValueWrapper::get)
                .isNull();
        assertThat(cache.putIfAbsent("key", "other")).isNotNull();
        assertThat(cache.<String>get("key", () -> "loaded")).isNull();
    }

    @Test
    void equalSimpleKeysAreOneKeyWhateverTheyShare() {
        Cache cache = spring();
        String shared = "a";

        cache.put(new SimpleKey(shared, shared, List.of(1, 2)), "value");

        assertThat(cache.get(new SimpleKey(new String("a"), "a", List.of(1, 2)), String.class))
                .isEqualTo("value");
        cache.put(SimpleKey.EMPTY, "empty");
        assertThat(cache.get(new SimpleKey(), String.class)).isEqualTo("empty");
    }

    @Test
    void putIfAbsentGivesWhatIsThere() {
        Cache cache = spring();

        assertThat(cache.putIfAbsent("key", "first")).isNull();
        assertThat(cache.putIfAbsent("key", "second"))
                .extracting(Cache.ValueWrapper::get)
                .isEqualTo("first");
    }

    @Test
    void evictAndInvalidateSayWhetherThereWasSomething() {
        Cache cache = spring();
        cache.put("key", "value");

        assertThat(cache.evictIfPresent("key")).isTrue();
        assertThat(cache.evictIfPresent("key")).isFalse();
        cache.put("key", "value");
        assertThat(cache.invalidate()).isTrue();
        assertThat(cache.invalidate()).isFalse();
    }

    @Test
    void theManagerOfSpringFindsEveryCacheThatTheNamesList() {
        fresh.strings();
        JCacheCacheManager manager = new JCacheCacheManager(fresh.manager());
        manager.afterPropertiesSet();

        assertThat(manager.getCacheNames()).containsExactly(FreshManager.CACHE);
        assertThat(manager.getCache(FreshManager.CACHE)).isNotNull();
        assertThat(manager.getCache("unknown")).isNull();

        fresh.manager().createCache("late", FreshManager.stringsConfiguration());
        assertThat(manager.getCache("late")).isNotNull();
    }

    private Cache spring() {
        return new JCacheCache(fresh.cache(new MutableConfiguration<>()), true);
    }
}
