package dev.hypercache.core.message;

import java.util.List;

/** A leader asks for records that it lacks. */
public record AskRecords(int slot, long ballot, List<RecordKey> names) implements Message {

    /** The most records in a request and in its answer. */
    public static final int RECORDS_MAX = 64;
}
