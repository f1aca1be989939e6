package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.call.CacheTraits;
import javax.cache.CacheException;

/**
 * How a client has members make, use and end caches on its behalf. Safe for use by any threads; methods wait for a member.
 */
public interface ClientUses {

    /**
     * A cache that a client has open.
     *
     * @param name the cache's name in the ring
     * @param id what the ring calls it
     * @param traits what the client says of it
     */
    record Use(String name, int id, CacheTraits traits) {}

    /** How long {@link #join} waits until the ring agrees on a cache, where a request waits for {@code requestMillis}. */
    static long creationMillis(long requestMillis) {
        return CacheDefinitions.creationMillis(requestMillis);
    }

    /**
     * Has a member use a cache for this client, and define it if need be. It waits for a ring that is silent, as a member does.
     *
     * @return the cache's id
     * @throws CacheException if no member can be reached, or one refuses it; the message says why
     */
    int join(String name, CacheTraits traits);

    /** The client uses a cache no more. A member that cannot be told finds out by itself after a while. */
    void quit(Use ended);

    /**
     * Has the ring end a cache.
     *
     * @throws CacheException if no member can be reached, or the ring cannot agree on it now
     */
    void drop(int id);
}
