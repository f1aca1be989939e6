package dev.hypercache.core.record;

/**
 * The right to lead a slot: who, in which round of which slot epoch.
 *
 * <p>Ballots are totally ordered by (epoch, round, leader), and so are their packed forms.
 *
 * @param epoch the slot's epoch, 0 to 2^31-1
 * @param round 0 to 2^20-1; a slot that runs out of rounds needs a new epoch
 * @param leader the leader's short id, unique within the epoch, 0 to 2^12-1
 */
public record Ballot(int epoch, int round, int leader) implements Comparable<Ballot> {

    private static final int ROUND_BITS = 20;
    private static final int LEADER_BITS = 12;

    public Ballot {
        check("epoch", epoch, Integer.MAX_VALUE);
        check("round", round, (1 << ROUND_BITS) - 1);
        check("leader", leader, (1 << LEADER_BITS) - 1);
    }

    private static void check(String part, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(part + " must be between 0 and " + max + ", but is " + value);
        }
    }

    /** The ballot as one non-negative long that sorts like the ballot itself. */
    public long packed() {
        return ((long) epoch << (ROUND_BITS + LEADER_BITS)) | ((long) round << LEADER_BITS) | leader;
    }

    /** The inverse of {@link #packed()}. */
    public static Ballot unpack(long packed) {
        return new Ballot(
                (int) (packed >>> (ROUND_BITS + LEADER_BITS)),
                (int) (packed >>> LEADER_BITS) & ((1 << ROUND_BITS) - 1),
                (int) packed & ((1 << LEADER_BITS) - 1));
    }

    @Override
    public int compareTo(Ballot other) {
        return Long.compare(packed(), other.packed());
    }

    @Override
    public String toString() {
        return epoch + "." + round + "." + leader;
    }
}
