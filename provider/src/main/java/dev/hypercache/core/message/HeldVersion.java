package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;
import org.jspecify.annotations.Nullable;

/**
 * Which version a replica holds of a key.
 *
 * @param version of its record
 * @param tombstone whether the record is the trace of a removal
 * @param cleared the origin of the clear that the record's writer knew, null if it knew none
 */
public record HeldVersion(
        RecordKey name,
        Version version,
        boolean tombstone,
        @Nullable Version cleared) {}
