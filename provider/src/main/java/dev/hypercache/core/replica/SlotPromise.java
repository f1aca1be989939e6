package dev.hypercache.core.replica;

import dev.hypercache.core.record.Ballot;

/**
 * The ballot below which a replica follows nobody in a slot; shared by all caches of the slot.
 *
 * <p>Never decreases (CONSISTENCY I1). Confined to its slot.
 */
public final class SlotPromise {

    private long ballot;

    /** The packed ballot; 0 if nothing was promised. */
    public long ballot() {
        return ballot;
    }

    /** Follows {@code newBallot} from now on, unless more was promised already. */
    public boolean admit(long newBallot) {
        if (newBallot < ballot) {
            return false;
        }
        ballot = newBallot;
        return true;
    }

    /** The short id of whoever holds the promised ballot. */
    public int leader() {
        return Ballot.unpack(ballot).leader();
    }

    @Override
    public String toString() {
        return Ballot.unpack(ballot).toString();
    }
}
