package dev.hypercache.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheWriter;

/** A writer into a map that keeps its calls and fails for the keys that the test names. */
final class Writer implements CacheWriter<String, String> {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> store = new ConcurrentHashMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final RuntimeException failure;

    Writer() {
        this(new IllegalStateException("the writer fails"));
    }

    Writer(RuntimeException failure) {
        this.failure = failure;
    }

    MutableConfiguration<String, String> configuration() {
        return FreshManager.stringsConfiguration().setWriteThrough(true).setCacheWriterFactory(() -> this);
    }

    void failFor(String... keys) {
        failing.addAll(List.of(keys));
    }

    /** {@code write key=value} or {@code delete key}, one for each entry of a batch, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    Map<String, String> store() {
        return Map.copyOf(store);
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {
        refuse(entry.getKey());
        calls.add("write " + entry.getKey() + "=" + entry.getValue());
        store.put(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
        List<Cache.Entry<? extends String, ? extends String>> batch = new ArrayList<>(entries);
        entries.removeIf(succeeds(entry -> entry.getKey(), this::write));
        throwIfAny(batch.stream().map(Cache.Entry::getKey).toList());
    }

    @Override
    public void delete(Object key) {
        refuse(key);
        calls.add("delete " + key);
        store.remove(key);
    }

    @Override
    public void deleteAll(Collection<?> keys) {
        List<?> batch = new ArrayList<>(keys);
        keys.removeIf(succeeds(key -> key, this::delete));
        throwIfAny(batch);
    }

    private <T> Predicate<T> succeeds(Function<T, Object> key, Consumer<T> action) {
        return item -> {
            if (failing.contains(key.apply(item))) {
                return false;
            }
            action.accept(item);
            return true;
        };
    }

    private void refuse(Object key) {
        if (failing.contains(key)) {
            throw failure;
        }
    }

    private void throwIfAny(Collection<?> keys) {
        keys.forEach(this::refuse);
    }
}
