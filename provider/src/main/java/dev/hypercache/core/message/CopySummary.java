package dev.hypercache.core.message;

import java.util.List;

/**
 * What a replica holds of a slot, in short. Two replicas with equal summaries hold the same versions of the same keys.
 *
 * @param sum a sum over the fingerprints of all records
 * @param mix their exclusive or, by another mixing
 * @param records how many records there are, tombstones included
 * @param clears the highest clear of each cache that was ever cleared, by cache id
 */
public record CopySummary(long sum, long mix, int records, List<ClearMark> clears) {

    /** Whether the records are the same, whatever the clears. */
    public boolean hasSameRecords(CopySummary other) {
        return sum == other.sum && mix == other.mix && records == other.records;
    }
}
