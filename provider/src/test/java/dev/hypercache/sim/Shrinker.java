package dev.hypercache.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Looks for the least that still fails: the fewest faults, then the fewest operations.
 *
 * <p>Delta debugging over the numbers of the faults: it leaves out ever smaller parts and keeps what fails without them.
 * A run with fewer faults takes another way, so what is found fails for certain, but need not be the least there is. Ends
 * after {@link #ATTEMPTS_MAX} runs with the best so far.
 */
final class Shrinker {

    /** The most runs that one search takes. */
    static final int ATTEMPTS_MAX = 150;

    /** Tells whether a case still fails. */
    interface Replay {
        boolean fails(SimCase what);
    }

    private final Replay replay;
    private int attempts;

    Shrinker(Replay replay) {
        this.replay = replay;
    }

    /** How many runs the search took. */
    int attempts() {
        return attempts;
    }

    /**
     * The least that was found.
     *
     * @param failing what fails
     * @param happened the faults that happened in it
     * @param operations how many it began
     */
    SimCase shrink(SimCase failing, BitSet happened, int operations) {
        SimCase all = failing.with(happened);
        if (!fails(all)) {
            return failing;
        }
        return fewerOperations(fewerFaults(all, numbersOf(happened)), operations);
    }

    private SimCase fewerFaults(SimCase all, List<Integer> happened) {
        List<Integer> faults = happened;
        int parts = 2;
        while (!faults.isEmpty() && attempts < ATTEMPTS_MAX) {
            List<Integer> fewer = withoutOnePart(all, faults, parts);
            if (fewer.size() < faults.size()) {
                faults = fewer;
                parts = Math.max(2, parts - 1);
            } else if (parts < faults.size()) {
                parts = Math.min(faults.size(), 2 * parts);
            } else {
                break;
            }
        }
        return all.with(setOf(faults));
    }

    /** The faults without the first part that is not needed; all of them if each is. */
    private List<Integer> withoutOnePart(SimCase all, List<Integer> faults, int parts) {
        for (int part = 0; part < parts; part++) {
            int from = faults.size() * part / parts;
            int to = faults.size() * (part + 1) / parts;
            List<Integer> left = new ArrayList<>(faults.subList(0, from));
            left.addAll(faults.subList(to, faults.size()));
            if (from < to && fails(all.with(setOf(left)))) {
                return left;
            }
        }
        return faults;
    }

    /** Fewer by halves, then by ever smaller steps. */
    private SimCase fewerOperations(SimCase failing, int operations) {
        int least = Math.min(operations, failing.operations());
        for (int step = least / 2; step > 0 && attempts < ATTEMPTS_MAX; step = step == 1 ? 0 : (step + 1) / 2) {
            while (least > step && fails(failing.with(least - step))) {
                least -= step;
            }
        }
        return failing.with(least);
    }

    private boolean fails(SimCase what) {
        if (attempts >= ATTEMPTS_MAX) {
            return false;
        }
        attempts++;
        return replay.fails(what);
    }

    private static List<Integer> numbersOf(BitSet set) {
        return set.stream().boxed().toList();
    }

    private static BitSet setOf(List<Integer> numbers) {
        BitSet set = new BitSet();
        numbers.forEach(set::set);
        return set;
    }
}
