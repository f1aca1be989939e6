package dev.hypercache.core.message;

import dev.hypercache.core.record.StoredRecord;

/** An entry whose time was over, as it was. */
public record ExpiredEntry(RecordKey name, StoredRecord record) {}
