package dev.hypercache.runtime.call;

/**
 * What the ring keeps of a cache besides its name, as the first node said that created it.
 *
 * @param ordered whether leaders order the cache's writes; all nodes must say the same
 * @param writesThrough whether what is written is also handed to code of the application, which only its nodes have
 */
public record CacheTraits(boolean ordered, boolean writesThrough) {

    /** Those of most caches. */
    public static final CacheTraits ORDERED = new CacheTraits(true, false);
}
