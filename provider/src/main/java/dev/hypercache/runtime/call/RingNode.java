package dev.hypercache.runtime.call;

/** A node that caches live on. */
public interface RingNode {

    /**
     * What the nodes of the ring call a cache; agreed on at the first call anywhere. On a ring keys are {@code KeyBytes} of
     * that cache, and values {@code ValueBytes}.
     *
     * @param cacheName the cache's name, unique in the ring: caches of one name in two managers are two
     * @param traits what this node says of it
     * @return {@link CacheSpec#NO_ID} if this node is a ring of one, which holds the application's objects; else to be given
     *     back by {@link #quit}
     * @throws javax.cache.CacheException if the ring cannot agree on it now, or other nodes have it open and say otherwise
     */
    int ringId(String cacheName, CacheTraits traits);

    /**
     * The cache is no longer used by one of those who asked for its id.
     *
     * @param traits with which it was asked for
     */
    default void quit(int id, CacheTraits traits) {}

    /** What the ring's caches are. */
    default RingDefinitions definitions() {
        return RingDefinitions.NONE;
    }

    /** Opens a cache; it must not be open already. */
    RingClient openCache(CacheSpec spec);

    /**
     * A manager has opened this node, and these are its caches; for nodes that have other doors than JCache.
     *
     * @param caches finds them by their names within the manager
     */
    default void serve(NamedCaches caches) {}

    /**
     * What operators see of the ring and may ask of it.
     *
     * @throws UnsupportedOperationException if the node is embedded and belongs to no ring
     */
    default RingOperations operations() {
        throw new UnsupportedOperationException(
                "this node is embedded: it has no ring to operate. Set hypercache.bind for one.");
    }

    /** Leaves the ring and stops every thread that the node started; bounded in time, idempotent. */
    void close();
}
