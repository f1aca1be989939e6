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
