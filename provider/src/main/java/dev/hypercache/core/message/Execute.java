package dev.hypercache.core.message;

import dev.hypercache.core.op.EntryOp;
import org.jspecify.annotations.Nullable;

/**
 * Asks a slot's leader to perform an operation.
 *
 * @param cache the cache's id
 * @param hold the hold on the key that the operation relies on, null if it relies on none
 */
public record Execute(
        int slot,
        RequestHead head,
        int cache,
        EntryOp op,
        @Nullable HoldGrant hold) implements Message {}
