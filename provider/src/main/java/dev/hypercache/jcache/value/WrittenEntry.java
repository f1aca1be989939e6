package dev.hypercache.jcache.value;

import dev.hypercache.runtime.call.FencingToken;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * What a writer is given to write.
 *
 * @param key the application's copy of the key
 * @param value the application's copy of the value
 * @param token orders the writers of the key; null where nobody orders them but this JVM, or nobody at all
 */
public record WrittenEntry<K, V>(K key, V value, @Nullable FencingToken token) implements Cache.Entry<K, V> {

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
        if (type.isInstance(token)) {
            return type.cast(token);
        }
        throw new IllegalArgumentException("an entry that is written cannot be unwrapped to " + type.getName()
                + "; on a ring it has a " + FencingToken.class.getName() + ", unless the cache is written at ONE");
    }
}
