package dev.hypercache.core.message;

import java.util.List;

/**
 * A leader's word: hold this record.
 *
 * @param entry the record under its own version, which may be older than the ballot
 * @param clears clears of the record's cache that are not known to be chosen
 * @param committed every sequence up to this one under the ballot is chosen
 * @param slotTimeMillis the leader's slot time
 */
public record Accept(
        int slot, long ballot, RecordEntry entry, List<ClearMark> clears, long committed, long slotTimeMillis)
        implements Message {}
