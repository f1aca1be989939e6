package dev.hypercache.management;

import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.TraitDifference;
import java.util.List;

/** What a node knows of the caches of its ring. Called by any thread; waits for the ring. */
public interface CacheDirectory {

    /**
     * What is known of all caches.
     *
     * @param confirmed whether the ring confirmed it; if not, other nodes may have changed it
     * @param caches the caches by ascending id
     */
    record Listing(boolean confirmed, List<DefinedCache> caches) {}

    /** The caches of the ring. */
    Listing caches();

    /**
     * In what this node's own configuration of a cache differs from the ring's.
     *
     * @return nothing if it does not, or the cache is not open here
     */
    List<TraitDifference> driftOf(int id);
}
