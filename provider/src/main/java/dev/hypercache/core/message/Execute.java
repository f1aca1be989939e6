package dev.hypercache.core.message;

import dev.hypercache.core.op.EntryOp;
import org.jspecify.annotations.Nullable;

/**
 * Asks a slot's leader to perform an operation.
 *
 * @param cache the cache's id
 * @param pastHolder whether it waits for nobody who holds the key: its caller holds another one
 * @param hold the hold on the key that the operation relies on, null if it relies on none
 */
public record Execute(
        int slot,
        RequestHead head,
        int cache,
        EntryOp op,
        boolean pastHolder,
        @Nullable HoldGrant hold) implements RequestMessage {}
