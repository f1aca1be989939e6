package dev.hypercache.core.record;

/**
 * The version of a record in a cache whose writes nobody orders: the newest hybrid clock wins.
 *
 * <p>Another type than {@link Version}, so that the two orders can never be compared.
 *
 * @param stamp what the hybrid clock of the writer said, see {@link HybridClock}; 0 is before everything
 * @param origin who wrote, and its how manyth write this was, so that no two writes have one version; see {@link #originOf}
 */
public record HybridVersion(long stamp, long origin) implements Comparable<HybridVersion> {

    /** Before everything. */
    public static final HybridVersion NONE = new HybridVersion(0, 0);

    private static final int WRITE_BITS = 48;

    /** @throws IllegalArgumentException if a part is negative */
    public HybridVersion {
        if (stamp < 0 || origin < 0) {
            throw new IllegalArgumentException("stamp and origin must be 0 or more, but are " + stamp + ", " + origin);
        }
    }

    /** The greatest version of a stamp, whoever wrote. */
    public static HybridVersion lastOf(long stamp) {
        return new HybridVersion(stamp, Long.MAX_VALUE);
    }

    /**
     * The lower part of a version.
     *
     * @param member the writer's short id, which no other incarnation has
     * @param write a counter of that incarnation, of which the lower 48 bits count
     */
    public static long originOf(int member, long write) {
        return ((long) member << WRITE_BITS) | (write & ((1L << WRITE_BITS) - 1));
    }

    /** The short id of the writer. */
    public int member() {
        return (int) (origin >>> WRITE_BITS);
    }

    /** The greater of two. */
    public HybridVersion orLater(HybridVersion other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(HybridVersion other) {
        int byStamp = Long.compare(stamp, other.stamp);
        return byStamp != 0 ? byStamp : Long.compare(origin, other.origin);
    }

    @Override
    public String toString() {
        return HybridClock.text(stamp) + "/" + (origin >>> WRITE_BITS) + "-" + (origin & ((1L << WRITE_BITS) - 1));
    }
}
