package dev.hypercache.jcache.event;

import dev.hypercache.core.record.StoredRecord;
import java.util.List;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A change on its way to the listeners that were registered when it happened.
 *
 * <p>Guarded by its {@link KeyQueue} but for the final fields.
 */
final class PendingEvent<K, V> {

    final Object key;
    final EventType type;
    final @Nullable StoredRecord before;
    final @Nullable StoredRecord after;
    final List<Registration<K, V>> registrations;
    boolean delivered;
    /** Its thread gave up waiting: whoever delivers before it delivers it too. */
    boolean abandoned;

    /** The node caused it: it counts in the background's bound. */
    boolean background;

    /** The first failure of a synchronous listener: a CacheEntryListenerException or a VirtualMachineError. */
    @Nullable
    Throwable failure;

    PendingEvent(
            Object key,
            EventType type,
            @Nullable StoredRecord before,
            @Nullable StoredRecord after,
            List<Registration<K, V>> registrations) {
        this.key = key;
        this.type = type;
        this.before = before;
        this.after = after;
        this.registrations = registrations;
    }
}
