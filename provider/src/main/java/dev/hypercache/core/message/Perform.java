package dev.hypercache.core.message;

import dev.hypercache.core.op.EntryOp;

/**
 * Asks a replica to perform an operation in a cache that nobody orders.
 *
 * @param cache the cache's id
 */
public record Perform(int slot, RequestHead head, int cache, EntryOp op) implements RequestMessage, LeaderlessMessage {}
