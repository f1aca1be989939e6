package dev.hypercache.core.message;

import java.util.List;

/**
 * How much of the caches with a bound is in the slots that the sender leads; repeated.
 *
 * @param slot 0: it is about all of them
 * @param sizes at most {@link #SIZES_MAX}
 */
public record CacheSizes(int slot, List<CacheSize> sizes) implements Message {

    /** The most caches of one node that are told of. */
    public static final int SIZES_MAX = 10_000;
}
