package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;
import org.jspecify.annotations.Nullable;

/**
 * What a replica holds for a key.
 *
 * @param refused whether the reader's epoch is past, so that this counts for no majority
 * @param complete whether the replica's copy was filled, so that it may be read alone
 * @param promised the replica's promise
 * @param entry the record, null if there is none
 * @param cleared the version up to which the cache is cleared, null if it never was
 * @param floor the version up to which a key of which nothing is held was deleted
 * @param committed every sequence up to this one under {@code promised} is known here to be chosen
 * @param slotTimeMillis the highest slot time known here: the lineage was pruned by no later one
 */
public record ReplicaRead(
        int slot,
        long request,
        boolean refused,
        boolean complete,
        long promised,
        @Nullable RecordEntry entry,
        @Nullable ClearMark cleared,
        Version floor,
        long committed,
        long slotTimeMillis)
        implements Message {}
