package dev.hypercache.core.message;

import dev.hypercache.core.record.HybridVersion;

/**
 * What a replica did with a record.
 *
 * @param version that of the record
 * @param held what stands in its way, with {@link Verdict#STALE} and {@link Verdict#BELOW_FLOOR}; else the record's own version
 */
public record Stored(
        int slot, HolderHead holder, RecordKey name, HybridVersion version, Verdict verdict, HybridVersion held)
        implements LeaderlessMessage {

    /** What a replica says to a record. */
    public enum Verdict {
        /** It is held. */
        INSTALLED,
        /** A newer one is held. */
        STALE,
        /** Nothing is held and the record may have been deleted since, or was cleared. */
        BELOW_FLOOR,
        /** It is from further ahead than clocks may differ. */
        CLOCK_SKEW,
        /** Sender and receiver do not know the same epoch or copy. */
        REFUSED
    }

    /** Whether the receiver is done with the record. */
    public boolean isFinal() {
        return verdict != Verdict.CLOCK_SKEW && verdict != Verdict.REFUSED;
    }
}
