package dev.hypercache.runtime.call;

/** A node that caches live on. */
public interface RingNode {

    /**
     * What the nodes of the ring call a cache; agreed on at the first call anywhere. On a ring keys are {@code KeyBytes} of
     * that cache, and values {@code ValueBytes}.
     *
     * @param cacheName the cache's name, unique in the ring: caches of one name in two managers are two
     * @param traits what else the ring is to know of it
     * @return {@link CacheSpec#NO_ID} if this node is a ring of one, which holds the application's objects
     */
    int ringId(String cacheName, CacheTraits traits);

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
