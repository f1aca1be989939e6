package dev.hypercache.core.ring;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Members of a ring in an order of preference, by their short ids.
 *
 * <p>A short id names one incarnation of one node; the topology log gives it out at admission and never twice. Immutable.
 */
public final class MemberSet {

    /** Nobody. */
    public static final MemberSet EMPTY = new MemberSet(new int[0]);

    /** The largest short id: it has 12 bits in a ballot. */
    public static final int SHORT_ID_MAX = (1 << 12) - 1;

    private final int[] ids;
    private final int size;
    /** The ids below 64, which nearly all are: one bit for each. */
    private final long low;

    private MemberSet(int[] ids) {
        this.ids = ids;
        this.size = ids.length;
        long bits = 0;
        for (int id : ids) {
            bits |= isLow(id) ? 1L << id : 0;
        }
        this.low = bits;
    }

    private static boolean isLow(int id) {
        return id >>> 6 == 0;
    }

    /**
     * The members named, most preferred first.
     *
     * @throws IllegalArgumentException if an id is out of range or occurs twice
     */
    public static MemberSet of(int... ids) {
        BitSet seen = new BitSet();
        for (int id : ids) {
            if (id < 0 || id > SHORT_ID_MAX || seen.get(id)) {
                throw new IllegalArgumentException("members " + Arrays.toString(ids)
                        + ": short ids are distinct and range from 0 to " + SHORT_ID_MAX);
            }
            seen.set(id);
        }
        return new MemberSet(ids.clone());
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** The member at a place in the order, 0 being the most preferred. */
    public int get(int place) {
        return ids[place];
    }

    public boolean contains(int id) {
        if (isLow(id)) {
            return (low >>> id & 1) != 0;
        }
        for (int member : ids) {
            if (member == id) {
                return true;
            }
        }
        return false;
    }

    /** How many of these members are in {@code votes}. */
    public int countIn(BitSet votes) {
        int count = 0;
        for (int member : ids) {
            if (votes.get(member)) {
                count++;
            }
        }
        return count;
    }

    /** How many members a majority has. */
    public int majority() {
        return size / 2 + 1;
    }

    /** Whether more than half of these members are in {@code votes}. */
    public boolean hasMajorityIn(BitSet votes) {
        return countIn(votes) >= majority();
    }

    /** Whether all of these members are in {@code votes}. */
    public boolean isCoveredBy(BitSet votes) {
        return countIn(votes) == size;
    }

    /** These members, then those of {@code others} that are not among them. */
    public MemberSet union(MemberSet others) {
        if (others.isEmpty()) {
            return this;
        }
        int[] both = Arrays.copyOf(ids, ids.length + others.ids.length);
        int size = ids.length;
        for (int other : others.ids) {
            if (!contains(other)) {
                both[size++] = other;
            }
        }
        return new MemberSet(Arrays.copyOf(both, size));
    }

    /** These members without one. */
    public MemberSet without(int id) {
        return new MemberSet(Arrays.stream(ids).filter(member -> member != id).toArray());
    }

    /** These members without those of {@code others}. */
    public MemberSet minus(MemberSet others) {
        return new MemberSet(
                Arrays.stream(ids).filter(member -> !others.contains(member)).toArray());
    }

    /** Whether both name the same members, in whatever order. */
    public boolean isSameSetAs(MemberSet other) {
        return ids.length == other.ids.length && minus(other).isEmpty();
    }

    /** The short ids, most preferred first; a copy. */
    public BitSet toBitSet() {
        BitSet set = new BitSet();
        for (int id : ids) {
            set.set(id);
        }
        return set;
    }

    public int[] toArray() {
        return ids.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemberSet && Arrays.equals(ids, ((MemberSet) other).ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
