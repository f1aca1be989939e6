package dev.hypercache.core.message;

/**
 * Asks a replica for keys of a cache that nobody orders, in the order of their hashes.
 *
 * @param cache the cache's id
 * @param from the lowest hash that is wanted, unsigned; 0 for the first page
 */
public record AskHybridPage(int slot, RequestHead head, int cache, long from)
        implements RequestMessage, LeaderlessMessage {}
