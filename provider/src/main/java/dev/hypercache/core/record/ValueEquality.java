package dev.hypercache.core.record;

/**
 * When two opaque values are the same value to the owner of a cache.
 *
 * <p>On a ring values are bytes and equal bytes are the same value; on an embedded node they are the application's
 * objects. Must be a pure function and must not throw for values of the cache.
 */
@FunctionalInterface
public interface ValueEquality {

    boolean sameValue(Object stored, Object given);
}
