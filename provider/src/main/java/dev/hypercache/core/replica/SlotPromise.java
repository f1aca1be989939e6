package dev.hypercache.core.replica;

import dev.hypercache.core.record.Ballot;

/**
 * The ballot below which a replica follows nobody in a slot; shared by all caches of the slot.
 *
 * <p>Never decreases (CONSISTENCY I1). Confined to its slot.
 */
public final class SlotPromise {

    /** What {@link #leader} answers when nobody holds the promised ballot. */
    public static final int NOBODY = -1;

    private long ballot;
    private long before;

    /** The packed ballot; 0 if nothing was promised. */
    public long ballot() {
        return ballot;
    }

    /** Follows {@code newBallot} from now on, unless more was promised already. */
    public boolean admit(long newBallot) {
        if (newBallot < ballot) {
            return false;
        }
        raise(newBallot);
        return true;
    }

    private void raise(long newBallot) {
        if (newBallot > ballot) {
            before = leader() == NOBODY ? before : ballot;
            ballot = newBallot;
        }
    }

    /** The highest ballot of a leader that was promised before the present one, packed; 0 if there was none. */
    public long before() {
        return before;
    }

    /** Follows nobody of an epoch before this one. Round 0 of an epoch is nobody's. */
    void enter(int epoch) {
        raise(new Ballot(epoch, 0, 0).packed());
    }

    /** The short id of whoever holds the promised ballot, or {@link #NOBODY}. */
    public int leader() {
        Ballot promised = Ballot.unpack(ballot);
        return promised.round() == 0 ? NOBODY : promised.leader();
    }

    @Override
    public String toString() {
        return Ballot.unpack(ballot).toString();
    }
}
