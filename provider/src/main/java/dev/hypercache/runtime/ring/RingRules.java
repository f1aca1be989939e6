package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.call.CacheTrait;
import dev.hypercache.runtime.call.CacheTraits;
import javax.cache.CacheException;

/** What no cache of a ring may be. */
final class RingRules {

    private RingRules() {}

    /**
     * Refuses a cache that a ring cannot have.
     *
     * @throws UnsupportedOperationException if it stores references
     * @throws CacheException if nobody would keep its bound
     */
    static void check(String name, CacheTraits traits) {
        if (!Boolean.parseBoolean(traits.get(CacheTrait.STORE_BY_VALUE))) {
            throw new UnsupportedOperationException("cache '" + name + "' stores by reference, and references do not"
                    + " cross a network; use setStoreByValue(true) or an embedded manager");
        }
        if (!traits.ordered() && isBound(traits)) {
            throw new CacheException("cache '" + name + "' has consistency.write=ONE and a bound of size, and in such a"
                    + " cache nobody decides what to let go yet. Remove max.entries and max.bytes, let entries expire"
                    + " instead, or write it at QUORUM");
        }
    }

    private static boolean isBound(CacheTraits traits) {
        return isSaid(traits, CacheTrait.ENTRIES_MAX) || isSaid(traits, CacheTrait.BYTES_MAX);
    }

    private static boolean isSaid(CacheTraits traits, CacheTrait trait) {
        return !traits.get(trait).equals(trait.usual());
    }
}
