package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caller's own replica must hold for an answer to be chosen: leader and caller are a majority then.
 *
 * @param name the entry that the answer is about; null for a clear
 * @param entry its record, null if there is none and that is the answer
 * @param clears the clears that the answer rests on
 * @param cleared the highest clear of the cache that the leader knows; null if it knows none
 */
public record CallerAccept(
        @Nullable RecordKey name,
        @Nullable RecordEntry entry,
        List<ClearMark> clears,
        @Nullable Version cleared,
        long committed,
        long slotTimeMillis) {}
