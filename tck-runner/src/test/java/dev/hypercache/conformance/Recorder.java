package dev.hypercache.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** A listener for all four types that keeps what it heard and then does what the test asks. */
final class Recorder<K, V>
        implements CacheEntryCreatedListener<K, V>,
                CacheEntryUpdatedListener<K, V>,
                CacheEntryRemovedListener<K, V>,
                CacheEntryExpiredListener<K, V> {

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Consumer<Heard> then;

    Recorder() {
        this(event -> {});
    }

    /** A listener that also runs {@code then}, which may throw or wait. */
    Recorder(Consumer<Heard> then) {
        this.then = then;
    }

    CacheEntryListenerConfiguration<K, V> synchronous() {
        return new MutableCacheEntryListenerConfiguration<>(() -> this, null, true, true);
    }

    CacheEntryListenerConfiguration<K, V> asynchronous() {
        return new MutableCacheEntryListenerConfiguration<>(() -> this, null, true, false);
    }

    CacheEntryListenerConfiguration<K, V> filtered(boolean synchronous, CacheEntryEventFilter<K, V> filter) {
        return new MutableCacheEntryListenerConfiguration<>(() -> this, () -> filter, true, synchronous);
    }

    /** Everything heard so far, oldest first. */
    List<Heard> heard() {
        return List.copyOf(heard);
    }

    List<Heard> heard(EventType type) {
        return heard.stream().filter(event -> event.type() == type).toList();
    }

    List<Heard> heardOf(Object key) {
        return heard.stream().filter(event -> event.key().equals(key)).toList();
    }

    /** What was heard since the last drain. */
    List<Heard> drain() {
        List<Heard> drained = new ArrayList<>(heard);
        heard.clear();
        return drained;
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(this::hear);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(this::hear);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(this::hear);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
        events.forEach(this::hear);
    }

    private void hear(@Nullable CacheEntryEvent<? extends K, ? extends V> event) {
        if (event == null) {
            throw new AssertionError("A listener was given no event");
        }
        Heard now = Heard.of(event);
        heard.add(now);
        then.accept(now);
    }
}
