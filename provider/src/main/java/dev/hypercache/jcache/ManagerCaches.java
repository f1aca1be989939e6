package dev.hypercache.jcache;

import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.NamedCache;
import dev.hypercache.runtime.call.NamedCaches;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one manager for a door of its node. Whatever comes in there goes the way of a JCache call: codecs, expiry
 * policy, loader, listeners and statistics are those of the cache.
 */
public final class ManagerCaches implements NamedCaches {

    private final HyperCacheManager manager;

    /**
     * @param manager whose open caches are found
     */
    public ManagerCaches(HyperCacheManager manager) {
        this.manager = Objects.requireNonNull(manager, "manager");
    }

    @Override
    public @Nullable NamedCache find(String name) {
        HyperCache<Object, Object> cache = manager.openCache(name);
        return cache == null ? null : new Found(cache);
    }

    /** An open cache. */
    private record Found(HyperCache<Object, Object> cache) implements NamedCache {

        @Override
        public boolean writesThrough() {
            return cache.engine().parts().writeThrough() != null;
        }

        @Override
        public Class<?> keyType() {
            return cache.configuration().getKeyType();
        }

        @Override
        public Class<?> valueType() {
            return cache.configuration().getValueType();
        }

        @Override
        public @Nullable Object get(Object key, @Nullable ConsistencyLevel level) {
            return at(level).get(key);
        }

        @Override
        public void put(Object key, Object value, @Nullable ConsistencyLevel level, long lifeMillis) {
            if (lifeMillis == LIFE_OF_POLICY) {
                at(level).put(key, value);
            } else {
                at(level).putFor(key, value, lifeMillis);
            }
        }

        @Override
        public boolean remove(Object key, @Nullable ConsistencyLevel level) {
            return at(level).remove(key);
        }

        private HyperCache<Object, Object> at(@Nullable ConsistencyLevel level) {
            return level == null ? cache : (HyperCache<Object, Object>) cache.withConsistency(level);
        }
    }
}
