package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;
import org.jspecify.annotations.Nullable;

/**
 * What a copy of a slot holds of a key, in short: copies that hold the same version of it and the same clear of its cache hold the
 * same entry, for a version names one value.
 *
 * @param slot the key's slot
 * @param epoch the slot's epoch as the sender knows it; it holds in no other
 * @param held the version of the record or tombstone, null if there is neither
 * @param cleared the rank of the highest clear of the key's cache, null if it was never cleared
 */
public record CopyDigest(
        int slot,
        int epoch,
        RecordKey name,
        @Nullable Version held,
        @Nullable Version cleared) {}
