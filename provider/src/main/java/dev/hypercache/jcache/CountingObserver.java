package dev.hypercache.jcache;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.runtime.call.CountedCallers;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a cache loses by itself, and tells its listeners of all changes.
 *
 * @param events the listeners
 */
record CountingObserver(CacheStatistics statistics, ChangeObserver events) implements ChangeObserver {

    @Override
    public void changed(Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        statistics.recordLoss(change);
        events.changed(key, change, before, after);
    }

    @Override
    public @Nullable Object note(
            Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        return events.note(key, change, before, after);
    }

    @Override
    public @Nullable Object find(Object key, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        return events.find(key, before, after);
    }

    @Override
    public void claim(Object noted) {
        events.claim(noted);
    }

    @Override
    public void deliver(Object noted, Runnable seen) {
        events.deliver(noted, seen);
    }

    @Override
    public boolean hasRoom() {
        return events.hasRoom();
    }

    @Override
    public void lost(Change change) {
        statistics.recordLoss(change);
    }

    @Override
    public void foundExpired() {
        statistics.recordFoundExpired();
    }

    @Override
    public CountedCallers counted() {
        return statistics;
    }

    @Override
    public boolean isListening() {
        return events.isListening();
    }

    @Override
    public boolean isAwaited() {
        return events.isAwaited();
    }

    @Override
    public boolean wantsOld() {
        return events.wantsOld();
    }

    @Override
    public void settle() {
        events.settle();
    }

    @Override
    public void settleInBackground() {
        events.settleInBackground();
    }
}
