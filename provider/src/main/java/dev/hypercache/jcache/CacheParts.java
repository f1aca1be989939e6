package dev.hypercache.jcache;

import dev.hypercache.jcache.event.EventDispatcher;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.jcache.through.ReadThrough;
import dev.hypercache.jcache.through.WriteThrough;
import org.jspecify.annotations.Nullable;

/**
 * What a cache has beside its entries.
 *
 * @param statistics its counters
 * @param events its listeners
 * @param loader its loader, null if it has none; reads use it only in read-through mode
 * @param readsThrough whether reads load what they miss
 * @param writeThrough its writer, null unless it writes through
 */
record CacheParts<K, V>(
        CacheStatistics statistics,
        EventDispatcher<K, V> events,
        @Nullable ReadThrough<K, V> loader,
        boolean readsThrough,
        @Nullable WriteThrough<K, V> writeThrough) {

    /** The loader if reads use it. */
    @Nullable
    ReadThrough<K, V> readThrough() {
        return readsThrough ? loader : null;
    }
}
