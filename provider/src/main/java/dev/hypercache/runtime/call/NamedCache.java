package dev.hypercache.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * One open cache, used as the application uses it: with the cache's codecs, expiry policy, loader, listeners and statistics.
 *
 * <p>Keys and values are objects. Calls wait for the ring, so they belong on threads that may wait. They throw what the cache
 * throws: {@link RequestFailedException} and {@link RequestTimeoutException} if nothing happened for certain, {@link
 * IndeterminateResultException} if nobody knows, {@link IllegalStateException} if the cache is closed. Safe for use by any
 * number of threads.
 */
public interface NamedCache {

    /** The life of an entry that is left to the cache's expiry policy. */
    long LIFE_OF_POLICY = 0;

    /** Whether what is written is also handed to code of the application. */
    boolean writesThrough();

    /** The type of the keys; {@code Object} if any will do. */
    Class<?> keyType();

    /** The type of the values; {@code Object} if any will do. */
    Class<?> valueType();

    /**
     * Reads an entry.
     *
     * @param level how many replicas the answer rests on, null for the cache's own level
     * @return null if there is none
     */
    @Nullable
    Object get(Object key, @Nullable ConsistencyLevel level);

    /**
     * Writes an entry.
     *
     * @param level how many replicas must accept, null for the cache's own level
     * @param lifeMillis how long the entry lives from now in milliseconds, or {@link #LIFE_OF_POLICY}
     * @throws IllegalArgumentException if the cache cannot be written at the level
     */
    void put(Object key, Object value, @Nullable ConsistencyLevel level, long lifeMillis);

    /**
     * Removes an entry.
     *
     * @param level how many replicas must accept, null for the cache's own level
     * @return whether there was one
     * @throws IllegalArgumentException if the cache cannot be written at the level
     */
    boolean remove(Object key, @Nullable ConsistencyLevel level);
}
