package dev.hypercache.core.lead;

import dev.hypercache.core.record.Version;

/**
 * Numbers the grants of one leader, ascending, and so that a number tells which versions were there by then: the leader's sequence
 * stands in front of a count of the grants since. Confined to its slot.
 */
final class GrantNumbers {

    private static final int COUNT_BITS = 20;

    private long last;

    /**
     * The number of the next grant.
     *
     * @param sequence the last one that the leader gave out
     * @param isLoad a load's number never tells of more versions than there are, so after {@value #COUNT_BITS} bits of grants
     *     without a write in the slot the next ones have the same; all others ascend even then, which makes them fencing tokens
     */
    long next(long sequence, boolean isLoad) {
        last = Math.max(last + 1, sequence << COUNT_BITS);
        long highest = (sequence + 1 << COUNT_BITS) - 1;
        return isLoad ? Math.min(last, highest) : last;
    }

    /** The highest version that there was when a load was granted by this number. */
    static Version versionAt(long ballot, long number) {
        return new Version(ballot, number >>> COUNT_BITS);
    }
}
