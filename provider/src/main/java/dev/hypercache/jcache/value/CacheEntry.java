package dev.hypercache.jcache.value;

import javax.cache.Cache;

/**
 * A key and its value as they were at one moment.
 *
 * @param key the application's copy of the key
 * @param value the application's copy of the value
 */
public record CacheEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("a cache entry cannot be unwrapped to " + type.getName() + "; it is a "
                + getClass().getName());
    }
}
