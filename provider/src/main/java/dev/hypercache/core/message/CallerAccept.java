package dev.hypercache.core.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the caller's own replica must hold for an answer to be chosen: leader and caller are a majority then.
 *
 * @param name the entry that the answer is about; null for a clear
 * @param entry its record, null if there is none and that is the answer
 * @param clears the clears that the answer rests on
 */
public record CallerAccept(
        @Nullable RecordKey name,
        @Nullable RecordEntry entry,
        List<ClearMark> clears,
        long committed,
        long slotTimeMillis) {}
