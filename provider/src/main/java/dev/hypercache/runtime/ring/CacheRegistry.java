package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.RingDefinitions;
import javax.cache.CacheException;

/** How a node makes, uses and ends the ring's caches. Safe for use by any threads. */
interface CacheRegistry extends RingDefinitions {

    /** Removes all entries of a cache. */
    @FunctionalInterface
    interface Eraser {
        /**
         * Removes them.
         *
         * @throws CacheException if some of them may be left
         */
        void erase(DefinedCache cache);
    }

    /**
     * Lets this node use a cache; defines it if no node has done so.
     *
     * @param name the cache's name in the ring
     * @param wanted what this node says of it
     * @param eraser removes what is left of a cache of that name that nobody uses
     * @return the cache's id; to be given back by {@link #quit}
     * @throws CacheException if the ring cannot agree on it now, or others who use it say otherwise
     */
    int join(String name, CacheTraits wanted, Eraser eraser);

    /**
     * One of those that joined has closed the cache. Once all have, the ring is told so; if that fails it is told at the next
     * opportunity.
     *
     * @param traits with which it had joined
     * @param hearsMajority whether the ring can be told now: who closes a node of a ring that is gone would wait in vain
     */
    void quit(int id, CacheTraits traits, boolean hearsMajority);

    /**
     * Ends a cache for all nodes; its id is never used again.
     *
     * @throws CacheException if the ring cannot agree on it now
     */
    void drop(int id);

    /** In how many fields what this node says of its open caches differs from what the ring says. */
    int driftingFields();
}
