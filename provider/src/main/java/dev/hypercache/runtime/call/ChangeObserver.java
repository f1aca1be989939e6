package dev.hypercache.runtime.call;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Learns of every change to the entries of a cache. */
public interface ChangeObserver {

    /**
     * An entry changed. Called on the thread that caused the change while the entry's slot is guarded, so per key in the
     * order of the changes; only takes note.
     */
    void changed(Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after);

    /**
     * As {@link #changed}, on any thread while the order of the key's changes is fixed. The thread that caused the change
     * {@link #claim}s it afterwards. Counts nothing.
     *
     * @return what is to be claimed, null if nobody wants to know
     */
    default @Nullable Object note(
            Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        changed(key, change, before, after);
        return null;
    }

    /** The ring lost an entry of the cache by itself, and this node counts it. */
    default void lost(Change change) {}

    /** A caller came across an entry that had expired, and counts it. */
    default void foundExpired() {}

    /** What is counted of the callers; null if nothing ever is. */
    default @Nullable CountedCallers counted() {
        return null;
    }

    /** The calling thread caused what was {@link #note noted}. */
    default void claim(Object noted) {}

    /**
     * What was {@link #note noted} of a change and is not delivered yet; null if there is no such thing.
     *
     * @param before what was there, asked for if nothing is there now
     */
    default @Nullable Object find(Object key, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        return null;
    }

    /**
     * Passes on what was {@link #note noted}, on a thread of the cache. Called on a thread that must not run user code:
     * returns at once.
     *
     * @param seen run once the synchronous listeners have seen it
     */
    default void deliver(Object noted, Runnable seen) {
        seen.run();
    }

    /** Whether more may be noted that no caller waits for. */
    default boolean hasRoom() {
        return true;
    }

    /** Whether somebody here wants to be told what changes, wherever it does. */
    default boolean isListening() {
        return false;
    }

    /** Whether whoever causes a change is to wait for somebody here. */
    default boolean isAwaited() {
        return false;
    }

    /** Whether somebody here wants to know what a new value took the place of. */
    default boolean wantsOld() {
        return false;
    }

    /** The changes noted on this thread were caused by the node itself: nobody else will pass them on. */
    void settle();

    /**
     * As {@link #settle}, for a thread of the node that must not run user code: returns at once, the changes are passed on
     * by a thread of the cache.
     */
    default void settleInBackground() {
        settle();
    }
}
