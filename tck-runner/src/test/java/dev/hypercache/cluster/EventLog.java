package dev.hypercache.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryUpdatedListener;

/**
 * Listens to keys whose values are numbers that grow, as {@link WriteLoad} writes them, and counts what comes out of order or
 * again. Safe for use by any threads.
 */
final class EventLog implements CacheEntryCreatedListener<String, String>, CacheEntryUpdatedListener<String, String> {

    private final Map<String, Long> last = new HashMap<>();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong disordered = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();

    /** Registers an asynchronous listener. */
    static EventLog listenTo(Cache<String, String> cache) {
        EventLog log = new EventLog();
        cache.registerCacheEntryListener(new MutableCacheEntryListenerConfiguration<>(() -> log, null, false, false));
        return log;
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> created) {
        created.forEach(this::heard);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> updated) {
        updated.forEach(this::heard);
    }

    private synchronized void heard(CacheEntryEvent<? extends String, ? extends String> event) {
        long number = Long.parseLong(event.getValue());
        Long before = last.put(event.getKey(), number);
        events.incrementAndGet();
        if (before != null && before == number) {
            repeated.incrementAndGet();
        } else if (before != null && before > number) {
            disordered.incrementAndGet();
        }
    }

    /** How many events came, how many of them after a later one, and how many again. */
    String figures() {
        return events + " " + disordered + " " + repeated;
    }

    /** How many entries of the cache are not what was heard of them last. */
    String missed(Cache<String, String> cache) {
        long entries = 0;
        long missed = 0;
        for (Cache.Entry<String, String> entry : cache) {
            entries++;
            missed += Long.parseLong(entry.getValue()) == heardOf(entry.getKey()) ? 0 : 1;
        }
        return missed + " " + entries;
    }

    private synchronized long heardOf(String key) {
        return last.getOrDefault(key, 0L);
    }
}
