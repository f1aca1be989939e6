package dev.hypercache.core.control.plan;

import dev.hypercache.core.ring.MemberSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of slots on its way to a balanced one. Candidates are numbered from 0, in the order of their short ids.
 *
 * <p>Slots that are fixed, since they are switching or lost, count as load and are left alone.
 */
final class Placement {

    private final List<Candidate> candidates;
    private final Zones zones;
    private final int replicas;
    private final int[][] holders;
    private final int[][] learners;
    private final boolean[] fixed;
    private final int[] load;
    private final int[] learning;

    /**
     * Begins with nobody holding anything.
     *
     * @param candidates who may hold slots
     * @param slots the number of slots
     * @param replicationFactor how many replicas a slot has if there are candidates enough
     */
    Placement(List<Candidate> candidates, int slots, int replicationFactor) {
        this.candidates = List.copyOf(candidates);
        this.replicas = Math.min(replicationFactor, candidates.size());
        this.zones = new Zones(candidates, replicas);
        this.holders = new int[slots][0];
        this.learners = new int[slots][0];
        this.fixed = new boolean[slots];
        this.load = new int[candidates.size()];
        this.learning = new int[candidates.size()];
    }

    /** Says who holds a slot now. Whoever is no candidate is passed over: it must go. */
    void begin(int slot, MemberSet holding, MemberSet filling, boolean isFixed) {
        holders[slot] = numbersOf(holding);
        learners[slot] = numbersOf(filling);
        fixed[slot] = isFixed;
        for (int holder : holders[slot]) {
            load[holder]++;
        }
        for (int learner : learners[slot]) {
            learning[learner]++;
        }
    }

    List<Candidate> candidates() {
        return candidates;
    }

    int slots() {
        return holders.length;
    }

    boolean isFixed(int slot) {
        return fixed[slot];
    }

    /** Who holds a slot, most preferred first. Not to be changed. */
    int[] holders(int slot) {
        return holders[slot];
    }

    /** Who of the candidates is being filled with a slot. Not to be changed. */
    int[] learners(int slot) {
        return learners[slot];
    }

    int load(int candidate) {
        return load[candidate];
    }

    /** What each candidate should hold. What it is being filled with counts as held where shares are rounded. */
    int[] shares() {
        long[] weights = new long[candidates.size()];
        int[] held = new int[candidates.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = candidates.get(i).weight();
            held[i] = load[i] + learning[i];
        }
        return zones.divide(slots(), replicas, weights, held);
    }

    boolean isShort(int slot) {
        return !fixed[slot] && holders[slot].length < replicas;
    }

    boolean isHolder(int slot, int candidate) {
        return contains(holders[slot], candidate);
    }

    boolean isLearner(int slot, int candidate) {
        return contains(learners[slot], candidate);
    }

    /** Whether the zone of a candidate has room in a slot. */
    boolean hasRoom(int slot, int candidate) {
        return !isHolder(slot, candidate) && inZone(slot, zones.of(candidate)) < zones.limit();
    }

    /** Whether a candidate may hold a slot in place of a holder. */
    boolean mayReplace(int slot, int out, int in) {
        boolean sameZone = zones.of(out) == zones.of(in);
        return !fixed[slot] && !isHolder(slot, in) && (sameZone || inZone(slot, zones.of(in)) < zones.limit());
    }

    /** Whether a holder is in a zone that holds too much of a slot. */
    boolean isCrowded(int slot, int holder) {
        return !fixed[slot] && inZone(slot, zones.of(holder)) > zones.limit();
    }

    /** A newcomer is preferred last, so that it leads only where balance asks for it. */
    void add(int slot, int candidate) {
        int[] before = holders[slot];
        holders[slot] = Arrays.copyOf(before, before.length + 1);
        holders[slot][before.length] = candidate;
        load[candidate]++;
    }

    /** Whether a slot has more holders than it should have. */
    boolean isOver(int slot) {
        return !fixed[slot] && holders[slot].length > replicas;
    }

    void remove(int slot, int out) {
        int[] left = new int[holders[slot].length - 1];
        int next = 0;
        for (int holder : holders[slot]) {
            if (holder != out) {
                left[next++] = holder;
            }
        }
        holders[slot] = left;
        load[out]--;
    }

    void replace(int slot, int out, int in) {
        remove(slot, out);
        add(slot, in);
    }

    /** Prefers one holder to all others. */
    void prefer(int slot, int first) {
        int[] ordered = new int[holders[slot].length];
        int next = 0;
        ordered[next++] = first;
        for (int holder : holders[slot]) {
            if (holder != first) {
                ordered[next++] = holder;
            }
        }
        holders[slot] = ordered;
    }

    /** Who holds a slot, by short ids. */
    MemberSet result(int slot) {
        int[] shortIds = new int[holders[slot].length];
        for (int i = 0; i < shortIds.length; i++) {
            shortIds[i] = candidates.get(holders[slot][i]).shortId();
        }
        return MemberSet.of(shortIds);
    }

    List<MemberSet> result() {
        List<MemberSet> result = new ArrayList<>();
        for (int slot = 0; slot < slots(); slot++) {
            result.add(result(slot));
        }
        return result;
    }

    private int inZone(int slot, int zone) {
        int count = 0;
        for (int holder : holders[slot]) {
            count += zones.of(holder) == zone ? 1 : 0;
        }
        return count;
    }

    private int[] numbersOf(MemberSet members) {
        int[] numbers = new int[members.size()];
        int next = 0;
        for (int place = 0; place < members.size(); place++) {
            for (int i = 0; i < candidates.size(); i++) {
                if (candidates.get(i).shortId() == members.get(place)) {
                    numbers[next++] = i;
                }
            }
        }
        return Arrays.copyOf(numbers, next);
    }

    private static boolean contains(int[] numbers, int number) {
        for (int each : numbers) {
            if (each == number) {
                return true;
            }
        }
        return false;
    }
}
