package dev.hypercache.examples.spring;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.CacheErrorHandler;

/**
 * Lets a call go on when its cache fails, as a ring does that has lost its majority: what cannot be read is computed, what cannot be
 * written is not cached. Each failure is logged and counted in {@code cache.failures}, by cache and operation.
 *
 * <p>An eviction that fails leaves its entry behind, which others may read until it expires; so caches whose entries are evicted
 * should have an expiry. Whoever cannot live with that throws from {@link #handleCacheEvictError} instead.
 */
final class CacheFailures implements CacheErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CacheFailures.class);

    private final ObjectProvider<MeterRegistry> meters;

    CacheFailures(ObjectProvider<MeterRegistry> meters) {
        this.meters = meters;
    }

    @Override
    public void handleCacheGetError(RuntimeException failure, Cache cache, Object key) {
        goOn(failure, cache, "get", "the value is computed");
    }

    @Override
    public void handleCachePutError(RuntimeException failure, Cache cache, Object key, @Nullable Object value) {
        goOn(failure, cache, "put", "the value is not cached");
    }

    @Override
    public void handleCacheEvictError(RuntimeException failure, Cache cache, Object key) {
        goOn(failure, cache, "evict", "the old value may be read until it expires");
    }

    @Override
    public void handleCacheClearError(RuntimeException failure, Cache cache) {
        goOn(failure, cache, "clear", "old values may be read until they expire");
    }

    private void goOn(RuntimeException failure, Cache cache, String operation, String effect) {
        LOG.warn("Cache {}: {} failed, so {}: {}", cache.getName(), operation, effect, failure.toString());
        meters.ifAvailable(
                registry -> registry.counter("cache.failures", "cache", cache.getName(), "operation", operation)
                        .increment());
    }
}
