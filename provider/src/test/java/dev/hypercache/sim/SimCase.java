package dev.hypercache.sim;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What determines a run.
 *
 * @param only the numbers of the faults that happen; null for all that the seed draws
 * @param operations how many operations the clients begin at most
 */
record SimCase(long seed, FaultKinds kinds, @Nullable BitSet only, int operations) {

    /** Everything that a seed brings. */
    static SimCase of(long seed, FaultKinds kinds) {
        return new SimCase(seed, kinds, null, Integer.MAX_VALUE);
    }
}
