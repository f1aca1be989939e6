package dev.hypercache.core.lead;

import dev.hypercache.core.message.CopySummary;
import dev.hypercache.core.message.Promise;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The promises that a leader in the making has got, each with what the follower holds. Confined to its slot.
 */
final class Election {

    private final BitSet promised = new BitSet();
    private final Map<Integer, CopySummary> summaries = new TreeMap<>();

    Election(int self, CopySummary own) {
        promised.set(self);
        summaries.put(self, own);
    }

    /** Whether the follower had not promised before. */
    boolean add(int member, Promise promise) {
        if (promised.get(member)) {
            return false;
        }
        promised.set(member);
        summaries.put(member, promise.summary());
        return true;
    }

    BitSet promised() {
        return promised;
    }

    boolean has(int member) {
        return promised.get(member);
    }

    CopySummary summaryOf(int member) {
        CopySummary summary = summaries.get(member);
        if (summary == null) {
            throw new IllegalStateException("member " + member + " has promised nothing");
        }
        return summary;
    }

    /** Whether all who promised hold the same records under the same clears. */
    boolean isUnanimous(int self) {
        CopySummary own = summaryOf(self);
        for (CopySummary other : summaries.values()) {
            if (!other.hasSameRecords(own) || !Clears.areSame(own.clears(), other.clears())) {
                return false;
            }
        }
        return true;
    }
}
