package dev.hypercache.runtime.call;

/** A node that caches live on. */
public interface RingNode {

    /** Opens a cache; it must not be open already. */
    RingClient openCache(CacheSpec spec);

    /** Leaves the ring and stops every thread that the node started; bounded in time, idempotent. */
    void close();
}
