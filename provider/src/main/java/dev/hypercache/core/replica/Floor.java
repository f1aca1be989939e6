package dev.hypercache.core.replica;

import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;

/**
 * The version up to which the deleted keys of a replica left no trace: of such a key nothing is taken up to here.
 *
 * <p>Belongs to one order of versions in one slot, for versions of different orders must not be compared. Rises before a trace
 * is dropped and never sinks (CONSISTENCY I8). Confined to its slot.
 */
public final class Floor {

    /** Nothing was dropped yet. */
    public static final Version NONE = new Version(0, 0);

    private long ballot;
    private long sequence;

    /** Whether a record of a key of which nothing is held may have been deleted since. */
    boolean covers(StoredRecord record) {
        return !record.isAbove(ballot, sequence);
    }

    /**
     * Rises to (newBallot, newSequence).
     *
     * @return false if the floor is there or higher already
     */
    public boolean raise(long newBallot, long newSequence) {
        boolean isHigher = newBallot != ballot ? newBallot > ballot : newSequence > sequence;
        if (isHigher) {
            ballot = newBallot;
            sequence = newSequence;
        }
        return isHigher;
    }

    /** The version up to which it covers; {@link #NONE} at first. */
    public Version version() {
        return new Version(ballot, sequence);
    }

    @Override
    public String toString() {
        return Ballot.unpack(ballot) + "#" + sequence;
    }
}
