package dev.hypercache.runtime.call;

import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.spi.storage.RetentionLimits;

/**
 * What a node must know of a cache.
 *
 * @param name the cache's name
 * @param equality when two values are the same
 * @param weigher what an entry weighs, asked only if the limits bound weight
 * @param limits how much the cache may hold
 * @param eternal whether no entry ever expires, so that nobody needs to ask for the time
 * @param observer who learns of changes
 */
public record CacheSpec(
        String name,
        ValueEquality equality,
        Weigher weigher,
        RetentionLimits limits,
        boolean eternal,
        ChangeObserver observer) {

    /** Weighs entries for a bound in bytes. */
    @FunctionalInterface
    public interface Weigher {
        long weigh(Object key, Object value);
    }
}
