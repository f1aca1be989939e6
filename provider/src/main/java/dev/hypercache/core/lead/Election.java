package dev.hypercache.core.lead;

import dev.hypercache.core.message.CopySummary;
import dev.hypercache.core.message.Promise;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.Floor;
import dev.hypercache.core.replica.SlotState;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The promises that a leader in the making has got, each with what the follower holds. Confined to its slot.
 */
final class Election {

    private final BitSet promised = new BitSet();
    private final Map<Integer, CopySummary> summaries = new TreeMap<>();
    private final Map<Integer, Version> floors = new TreeMap<>();
    private Version highestFloor;
    private long predecessor;

    Election(int self, SlotState own) {
        promised.set(self);
        summaries.put(self, own.contents().summary());
        floors.put(self, own.floor());
        highestFloor = own.floor();
        predecessor = own.promise().before();
    }

    /** Whether the follower had not promised before. */
    boolean add(int member, Promise promise) {
        if (promised.get(member)) {
            return false;
        }
        promised.set(member);
        summaries.put(member, promise.summary());
        floors.put(member, promise.floor());
        predecessor = Math.max(predecessor, promise.before());
        highestFloor = promise.floor().compareTo(highestFloor) > 0 ? promise.floor() : highestFloor;
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

    /** Up to which version a key of which the member holds nothing was deleted, for it had everything up to there. */
    Version floorOf(int member) {
        return floors.getOrDefault(member, Floor.NONE);
    }

    /** The highest ballot that one of them had promised before: nobody led between it and this one. */
    long predecessor() {
        return predecessor;
    }

    /** The highest floor among those who promised. */
    Version highestFloor() {
        return highestFloor;
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
