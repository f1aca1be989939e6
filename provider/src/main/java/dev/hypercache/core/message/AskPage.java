package dev.hypercache.core.message;

/**
 * Asks a slot's leader for keys of a cache, in the order of their hashes.
 *
 * @param cache the cache's id
 * @param from the lowest hash that is wanted, unsigned; 0 for the first page
 * @param breaksHolds whether the holds of the cache in the slot are broken first
 */
public record AskPage(int slot, RequestHead head, int cache, long from, boolean breaksHolds)
        implements RequestMessage {}
