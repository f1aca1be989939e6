package dev.hypercache.core.record;

/**
 * The version of a record in a cache whose writes a leader orders.
 *
 * <p>The ballot under which a leader wrote comes first, then the leader's own counter. Caches without a leader order
 * their writes by a hybrid clock instead; those versions are another type, so the two can never be compared.
 *
 * @param ballot the packed {@link Ballot}, positive
 * @param sequence strictly increasing under one ballot
 */
public record Version(long ballot, long sequence) implements Comparable<Version> {

    /** The sequence before all that a leader gives out: of what it found and settles before it writes itself. */
    public static final long BEFORE_ALL = 0;

    @Override
    public int compareTo(Version other) {
        int byBallot = Long.compare(ballot, other.ballot);
        return byBallot != 0 ? byBallot : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return Ballot.unpack(ballot) + "#" + sequence;
    }
}
