package dev.hypercache.conformance;

import javax.cache.event.CacheEntryEvent;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * An event as a listener heard it.
 *
 * @param type what happened
 * @param key the key of the entry
 * @param value what {@code getValue} gave
 * @param old what {@code getOldValue} gave when it was available
 */
record Heard(
        EventType type,
        Object key,
        @Nullable Object value,
        @Nullable Object old) {

    static Heard of(CacheEntryEvent<?, ?> event) {
        Object old = event.isOldValueAvailable() ? event.getOldValue() : null;
        return new Heard(event.getEventType(), event.getKey(), event.getValue(), old);
    }

    static Heard created(Object key, Object value) {
        return new Heard(EventType.CREATED, key, value, null);
    }

    static Heard updated(Object key, Object value, Object old) {
        return new Heard(EventType.UPDATED, key, value, old);
    }

    static Heard removed(Object key, Object value) {
        return new Heard(EventType.REMOVED, key, value, value);
    }

    static Heard expired(Object key, Object value) {
        return new Heard(EventType.EXPIRED, key, value, value);
    }
}
