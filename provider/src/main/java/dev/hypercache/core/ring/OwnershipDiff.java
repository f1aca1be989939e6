package dev.hypercache.core.ring;

import java.util.ArrayList;
import java.util.List;

/**
 * What it takes to turn one slot table into another.
 *
 * <p>The measure of a plan: each arrival is one copy of a slot over the network, a new leader moves no data.
 *
 * @param arrivals who must be filled with which slot, by slot
 * @param departures how many copies are dropped
 * @param newLeaders how many slots have another most preferred member
 */
public record OwnershipDiff(List<Arrival> arrivals, int departures, int newLeaders) {

    /** A member that holds a slot afterwards and did not before. */
    public record Arrival(int slot, int member) {}

    /** Keeps an unmodifiable copy. */
    public OwnershipDiff {
        arrivals = List.copyOf(arrivals);
    }

    /**
     * Compares two tables of one ring.
     *
     * @throws IllegalArgumentException if they differ in the number of slots
     */
    public static OwnershipDiff between(List<MemberSet> before, List<MemberSet> after) {
        if (before.size() != after.size()) {
            throw new IllegalArgumentException("tables of " + before.size() + " and " + after.size()
                    + " slots: the number of slots of a ring never changes");
        }
        List<Arrival> arrivals = new ArrayList<>();
        int departures = 0;
        int newLeaders = 0;
        for (int slot = 0; slot < before.size(); slot++) {
            MemberSet was = before.get(slot);
            MemberSet is = after.get(slot);
            for (int member : is.minus(was).toArray()) {
                arrivals.add(new Arrival(slot, member));
            }
            departures += was.minus(is).size();
            newLeaders += leaderOf(was) == leaderOf(is) ? 0 : 1;
        }
        return new OwnershipDiff(arrivals, departures, newLeaders);
    }

    private static int leaderOf(MemberSet replicas) {
        return replicas.isEmpty() ? -1 : replicas.get(0);
    }
}
