package dev.hypercache.core.message;

import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import org.jspecify.annotations.Nullable;

/**
 * A record as it travels: with its key, and with the mutations of its version's lineage.
 *
 * @param name cache and key
 * @param record the value or tombstone with its own version
 * @param lineage what led to this version and may be asked for again
 * @param cleared the origin of the clear that the leader of this version's ballot knew when it took over, null if it knew none
 */
public record RecordEntry(
        RecordKey name,
        StoredRecord record,
        Lineage lineage,
        @Nullable Version cleared) {}
