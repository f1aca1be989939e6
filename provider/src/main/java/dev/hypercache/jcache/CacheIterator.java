package dev.hypercache.jcache;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.jcache.manage.Operation;
import dev.hypercache.jcache.value.CacheEntry;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.KeyCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a cache, weakly consistent: an entry that stays is seen exactly once, one that comes or goes may be seen.
 *
 * <p>An entry is read, as by {@code get}, when it is staged for {@link #next}; on a ring up to {@value #AHEAD_MAX} are read
 * together before that, where reading moves nothing, and what has expired since is read again. Removing takes out the entry
 * that is in the cache then. Confined to one thread at a time.
 */
final class CacheIterator<K, V> implements Iterator<Cache.Entry<K, V>> {

    /** So many entries are read ahead at first: who only looks whether there is one waits for no more. */
    private static final int AHEAD_FIRST = 16;

    private static final int AHEAD_MAX = 256;

    private final HyperCache<K, V> cache;
    private final OperationPipeline<K, V> pipeline;
    private final Values<K, V> values;
    private final CacheStatistics statistics;
    private final KeyCursor cursor;
    private final Queue<Read> ahead = new ArrayDeque<>();
    private int aheadNext = AHEAD_FIRST;
    private @Nullable CacheEntry<K, V> staged;
    private @Nullable CacheEntry<K, V> returned;

    CacheIterator(
            HyperCache<K, V> cache,
            OperationPipeline<K, V> pipeline,
            Values<K, V> values,
            CacheStatistics statistics,
            KeyCursor cursor) {
        this.cache = cache;
        this.pipeline = pipeline;
        this.values = values;
        this.statistics = statistics;
        this.cursor = cursor;
    }

    @Override
    public boolean hasNext() {
        cache.requireOpen();
        Read next = staged == null ? read() : null;
        while (next != null) {
            V value = values.value(next.record());
            if (value != null) {
                staged = new CacheEntry<>(values.key(next.key()), value);
                break;
            }
            next = read();
        }
        cache.awaitListeners();
        return staged != null;
    }

    /** A key and its record; none if there was none when it was read. */
    private record Read(Object key, @Nullable StoredRecord record) {}

    /** The next key with its record; null at the end. */
    private @Nullable Read read() {
        if (!pipeline.readsAhead()) {
            return cursor.advance() ? new Read(cursor.key(), pipeline.readEntry(cursor.key())) : null;
        }
        if (ahead.isEmpty()) {
            readAhead();
        }
        Read next = ahead.poll();
        return next == null || next.record() == null || pipeline.isLive(next.record())
                ? next
                : new Read(next.key(), pipeline.readEntry(next.key()));
    }

    private void readAhead() {
        List<Object> keys = new ArrayList<>(aheadNext);
        while (keys.size() < aheadNext && cursor.advance()) {
            keys.add(cursor.key());
        }
        List<@Nullable StoredRecord> records = pipeline.readAhead(keys);
        for (int i = 0; i < keys.size(); i++) {
            ahead.add(new Read(keys.get(i), records.get(i)));
        }
        aheadNext = Math.min(AHEAD_MAX, 2 * aheadNext);
    }

    @Override
    public Cache.Entry<K, V> next() {
        if (!hasNext() || staged == null) {
            throw new NoSuchElementException("the iterator of cache '" + cache.getName() + "' has no more entries");
        }
        CacheEntry<K, V> next = staged;
        staged = null;
        returned = next;
        statistics.record(Operation.ITERATE, true, Change.NONE, 0);
        return next;
    }

    @Override
    public void remove() {
        CacheEntry<K, V> last = returned;
        if (last == null) {
            throw new IllegalStateException("remove() was called before next(), or twice for one entry");
        }
        returned = null;
        cache.remove(last.key());
    }
}
