package dev.hypercache.core.message;

import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a replica holds for a key of a cache that nobody orders.
 *
 * @param refused whether reader and replica do not know the same epoch
 * @param complete whether the replica's copy was filled
 * @param holder the head of the replica
 * @param record what it holds, null if nothing; a value whose time is over is a tombstone here
 * @param cleared up to which version the cache was cleared, {@link HybridVersion#NONE} if it never was
 */
public record HybridRead(
        int slot,
        long request,
        boolean refused,
        boolean complete,
        HolderHead holder,
        @Nullable StoredRecord record,
        HybridVersion cleared)
        implements Message {}
