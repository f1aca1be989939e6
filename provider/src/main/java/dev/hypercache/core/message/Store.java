package dev.hypercache.core.message;

import dev.hypercache.core.record.StoredRecord;

/** Here is a record that the receiver is to hold unless it holds a newer one. */
public record Store(int slot, HolderHead holder, RecordKey name, StoredRecord record) implements LeaderlessMessage {}
