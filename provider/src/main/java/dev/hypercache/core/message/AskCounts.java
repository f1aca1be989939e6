package dev.hypercache.core.message;

/**
 * Asks a member what it has counted of a cache.
 *
 * @param slot 0: it is about all of them
 * @param request which question of the sender it is; one that is repeated has the same
 * @param clears whether the member begins to count anew before it answers
 * @param counting the cache, and whether it is counted as far as the sender knows
 */
public record AskCounts(int slot, long request, boolean clears, CountingSwitch counting) implements Message {}
