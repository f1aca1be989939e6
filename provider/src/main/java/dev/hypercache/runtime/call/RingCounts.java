package dev.hypercache.runtime.call;

import dev.hypercache.core.op.CacheCounts;
import java.util.List;

/**
 * What was counted of a cache on several members of a ring.
 *
 * @param counts the sum
 * @param members how many members it is of
 * @param missing the names of the members that did not answer, sorted; the sum is without them
 */
public record RingCounts(CacheCounts counts, int members, List<String> missing) {

    /** The same with what one more member has counted. */
    public RingCounts with(CacheCounts more) {
        return new RingCounts(counts.plus(more), members + 1, missing);
    }
}
