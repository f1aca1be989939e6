package dev.hypercache.runtime.call;

import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.spi.storage.RetentionLimits;

/**
 * What a node must know of a cache.
 *
 * @param name the cache's name
 * @param id what the ring calls it, {@link #NO_ID} on an embedded node
 * @param equality when two values are the same
 * @param weigher what an entry weighs, asked only if the limits bound weight
 * @param limits how much the cache may hold
 * @param eternal whether no entry ever expires, so that nobody needs to ask for the time
 * @param observer who learns of changes
 */
public record CacheSpec(
        String name,
        int id,
        ValueEquality equality,
        Weigher weigher,
        RetentionLimits limits,
        boolean eternal,
        ChangeObserver observer) {

    /** The id of a cache that no other node knows. */
    public static final int NO_ID = 0;

    /** Weighs entries for a bound in bytes. */
    @FunctionalInterface
    public interface Weigher {
        long weigh(Object key, Object value);
    }
}
