package dev.hypercache.core.message;

import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.StoredRecord;

/**
 * A record as it travels: with its key, and with the mutations of its version's lineage.
 *
 * @param name cache and key
 * @param record the value or tombstone with its own version
 * @param lineage what led to this version and may be asked for again
 */
public record RecordEntry(RecordKey name, StoredRecord record, Lineage lineage) {}
