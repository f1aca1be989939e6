package dev.hypercache.jcache.event;

import dev.hypercache.core.record.StoredRecord;
import java.util.List;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A change on its way to the listeners that were registered when it happened.
 *
 * <p>Guarded by its {@link KeyQueue} but for the final fields and for looks whether it is delivered.
 */
final class PendingEvent<K, V> {

    final Object key;
    final EventType type;
    final @Nullable StoredRecord before;
    final @Nullable StoredRecord after;
    final List<Registration<K, V>> registrations;
    volatile boolean delivered;
    /** Its thread gave up waiting: whoever delivers before it delivers it too. */
    boolean abandoned;

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

    /** Whether this is the event of a change, by the versions of what it left or took away. */
    boolean isOf(@Nullable StoredRecord itsBefore, @Nullable StoredRecord itsAfter) {
        return itsAfter == null ? after == null && isSame(before, itsBefore) : isSame(after, itsAfter);
    }

    private static boolean isSame(@Nullable StoredRecord one, @Nullable StoredRecord other) {
        return one != null && other != null && one.hasVersion(other.version());
    }

    /** Whether the change came before the other one's, by the versions: a removal follows what it removed at once. */
    boolean isBefore(PendingEvent<K, V> other) {
        StoredRecord mine = after == null ? before : after;
        StoredRecord others = other.after == null ? other.before : other.after;
        if (mine == null || others == null) {
            return false;
        }
        boolean sameVersion = !mine.isNewerThan(others) && !others.isNewerThan(mine);
        return sameVersion ? after != null && other.after == null : others.isNewerThan(mine);
    }
}
