package dev.hypercache.core.message;

/**
 * What the listeners of one node want to hear of a cache.
 *
 * @param synchronous whether some of them are awaited by whoever causes a change
 * @param wantsOld whether some of them want to know what a new value took the place of
 */
public record CacheInterest(int cache, boolean synchronous, boolean wantsOld) {}
