package dev.hypercache.bootstrap;

import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.NamedCache;
import org.jspecify.annotations.Nullable;

/** A cache whose writes its application hands to a store, at a node that has no such store: to be read only. */
record ReadOnlyCache(NamedCache cache) implements NamedCache {

    @Override
    public boolean writesThrough() {
        return true;
    }

    @Override
    public Class<?> keyType() {
        return cache.keyType();
    }

    @Override
    public Class<?> valueType() {
        return cache.valueType();
    }

    @Override
    public @Nullable Object get(Object key, @Nullable ConsistencyLevel level) {
        return cache.get(key, level);
    }

    @Override
    public void put(Object key, Object value, @Nullable ConsistencyLevel level, long lifeMillis) {
        throw new IllegalStateException("this node cannot hand writes to the cache's store");
    }

    @Override
    public boolean remove(Object key, @Nullable ConsistencyLevel level) {
        throw new IllegalStateException("this node cannot hand removals to the cache's store");
    }
}
