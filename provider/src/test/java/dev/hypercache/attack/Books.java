package dev.hypercache.attack;

import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.NamedCache;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The cache {@code books} behind an attacked node, which tells whether anybody reached it. */
final class Books implements NamedCache {

    private final Map<Object, Object> entries = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** How often somebody came as far as this. */
    int calls() {
        return calls.get();
    }

    @Override
    public boolean writesThrough() {
        return false;
    }

    @Override
    public Class<?> keyType() {
        return Object.class;
    }

    @Override
    public Class<?> valueType() {
        return Object.class;
    }

    @Override
    public @Nullable Object get(Object key, @Nullable ConsistencyLevel level) {
        calls.incrementAndGet();
        return entries.get(key);
    }

    @Override
    public void put(Object key, Object value, @Nullable ConsistencyLevel level, long lifeMillis) {
        calls.incrementAndGet();
        entries.put(key, value);
    }

    @Override
    public boolean remove(Object key, @Nullable ConsistencyLevel level) {
        calls.incrementAndGet();
        return entries.remove(key) != null;
    }
}
