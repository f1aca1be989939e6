package dev.hypercache.core.message;

import dev.hypercache.core.op.EntryOp;

/**
 * Asks a slot's leader to perform an operation.
 *
 * @param cache the cache's id
 * @param hold the id of the caller's hold on the key, {@link #NO_HOLD} if it has none
 */
public record Execute(int slot, RequestHead head, int cache, EntryOp op, long hold) implements Message {

    /** The operation relies on no hold. */
    public static final long NO_HOLD = 0;
}
