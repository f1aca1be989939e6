package dev.hypercache.jcache;

import dev.hypercache.core.op.Change;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.jcache.manage.Operation;
import dev.hypercache.jcache.value.CacheEntry;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.KeyCursor;
import java.util.Iterator;
import java.util.NoSuchElementException;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a cache, weakly consistent: an entry that stays is seen exactly once, one that comes or goes may be seen.
 *
 * <p>An entry is read, as by {@code get}, when it is staged for {@link #next}. Removing takes out the entry that is in the
 * cache then. Confined to one thread at a time.
 */
final class CacheIterator<K, V> implements Iterator<Cache.Entry<K, V>> {

    private final HyperCache<K, V> cache;
    private final OperationPipeline<K, V> pipeline;
    private final Values<K, V> values;
    private final CacheStatistics statistics;
    private final KeyCursor cursor;
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
        while (staged == null && cursor.advance()) {
            V value = values.value(pipeline.readEntry(cursor.key()));
            if (value != null) {
                staged = new CacheEntry<>(values.key(cursor.key()), value);
            }
        }
        cache.awaitListeners();
        return staged != null;
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
