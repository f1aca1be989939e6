package dev.hypercache.core.message;

/**
 * Asks a replica what it holds in a cache that nobody orders.
 *
 * @param request matches the answer
 * @param epoch the slot's epoch as the reader knows it
 */
public record ReadHybrid(int slot, long request, int epoch, RecordKey name) implements LeaderlessMessage {}
