package dev.hypercache.core.lead;

import dev.hypercache.core.record.Version;

/**
 * Numbers the grants of one leader, ascending, and so that a number tells which versions were there by then: the leader's sequence
 * stands in front of a count of the grants since. As they ascend they are fencing tokens, too. Confined to its slot.
 */
final class GrantNumbers {

    private static final int COUNT_BITS = 20;

    /** So many grants without a write in the slot are half of those that have numbers of their own. */
    static final int SPENT = 1 << COUNT_BITS - 1;

    private long last;

    /**
     * The number of the next grant: never one that would tell of more versions than there are, so all beyond {@value #COUNT_BITS}
     * bits of them have the same until the slot is written. It has to be once they {@linkplain #areSpent() are spent}.
     *
     * @param sequence the last one that the leader gave out
     */
    long next(long sequence) {
        long highest = (sequence + 1 << COUNT_BITS) - 1;
        last = Math.min(Math.max(last + 1, sequence << COUNT_BITS), highest);
        return last;
    }

    /** Whether it is time for a write, after which there are numbers again. */
    boolean areSpent() {
        return (last & (1 << COUNT_BITS) - 1) >= SPENT;
    }

    /** The highest version that there was when a hold was granted by this number. */
    static Version versionAt(long ballot, long number) {
        return new Version(ballot, number >>> COUNT_BITS);
    }
}
