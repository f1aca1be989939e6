package dev.hypercache.core.message;

/**
 * What a copy holds of one cache of a slot, in short.
 *
 * @param cache the cache's id
 * @param sum 64 bits of the fingerprint of its records, tombstones included
 * @param mix 64 more
 * @param records how many there are
 */
public record CacheRoot(int cache, long sum, long mix, int records) {}
