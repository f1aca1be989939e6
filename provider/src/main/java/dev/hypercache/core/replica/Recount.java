package dev.hypercache.core.replica;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.BitSet;

/**
 * Counts the records of a replica once more, a few at a time, and compares that with its fingerprint.
 *
 * <p>Writes go on meanwhile, and nobody knows whether the count has passed their keys; the buckets in which they are do not
 * count this time. Confined to its slot.
 */
public final class Recount {

    /** How far a recount has got. */
    public enum Step {
        /** There is more to read. */
        UNDER_WAY,
        /** Every bucket that nobody wrote in meanwhile is as it should be. */
        CLEAN,
        /** A bucket was not what its records come to: a bug, or memory that forgets. */
        MISMATCHED,
        /** The buckets were cut anew meanwhile. */
        ABANDONED
    }

    private final Fingerprint counted;
    private final EntryCursor<StoredRecord> cursor;
    private final BitSet touched = new BitSet();

    Recount(Fingerprint fingerprint, EntryCursor<StoredRecord> cursor) {
        this.counted = fingerprint.emptied();
        this.cursor = cursor;
    }

    /** A record of a key comes, goes or changes. */
    void touch(Object key) {
        touched.set(counted.bucketOf(key));
    }

    /** Reads on, so many records at most. */
    Step proceed(Fingerprint kept, int recordsMost) {
        if (kept.size() != counted.size()) {
            return Step.ABANDONED;
        }
        for (int read = 0; read < recordsMost; read++) {
            if (!cursor.advance()) {
                return isSame(kept) ? Step.CLEAN : Step.MISMATCHED;
            }
            counted.replace(cursor.key(), null, cursor.record());
        }
        return Step.UNDER_WAY;
    }

    private boolean isSame(Fingerprint kept) {
        for (int bucket = touched.nextClearBit(0); bucket < counted.size(); bucket = touched.nextClearBit(bucket + 1)) {
            if (!counted.hasSameBucket(kept, bucket)) {
                return false;
            }
        }
        return true;
    }
}
