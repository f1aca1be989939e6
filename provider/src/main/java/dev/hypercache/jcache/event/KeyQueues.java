package dev.hypercache.jcache.event;

import dev.hypercache.core.record.StoredRecord;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The undelivered events of each key. Bounded by what waits; a key without is forgotten. Safe for use by any threads. */
final class KeyQueues<K, V> {

    private final ConcurrentHashMap<Object, KeyQueue<K, V>> queues = new ConcurrentHashMap<>();

    void add(PendingEvent<K, V> event) {
        queues.compute(event.key, (key, present) -> {
            KeyQueue<K, V> queue = present == null ? new KeyQueue<>() : present;
            queue.add(event);
            return queue;
        });
    }

    /** The events of a key; null if there are none. */
    @Nullable
    KeyQueue<K, V> of(Object key) {
        return queues.get(key);
    }

    /** The undelivered event of a change; null if there is none. */
    @Nullable
    PendingEvent<K, V> find(Object key, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        KeyQueue<K, V> queue = queues.get(key);
        return queue == null ? null : queue.find(before, after);
    }

    /** Forgets an event that will not be delivered; false if somebody has delivered it or is about to. */
    boolean discard(PendingEvent<K, V> event) {
        KeyQueue<K, V> queue = queues.get(event.key);
        boolean isDiscarded = queue != null && queue.discard(event);
        forgetIfIdle(event.key);
        return isDiscarded;
    }

    void forgetIfIdle(Object key) {
        queues.computeIfPresent(key, (k, present) -> present.isIdle() ? null : present);
    }
}
