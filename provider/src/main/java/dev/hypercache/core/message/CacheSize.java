package dev.hypercache.core.message;

/**
 * How much of a cache is in the slots that a node leads.
 *
 * @param cache its id
 * @param entriesMax the most entries of the cache, over the whole ring; 0 if it is not open on the node
 * @param weightMax the most bytes of the cache, over the whole ring; 0 if it is not open on the node
 * @param entries the entries in the slots that the node leads
 * @param weight their bytes, 0 if they are not bounded
 */
public record CacheSize(int cache, long entriesMax, long weightMax, long entries, long weight) {}
