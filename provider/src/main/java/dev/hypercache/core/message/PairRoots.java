package dev.hypercache.core.message;

import dev.hypercache.core.ring.SlotSpace;
import java.util.List;

/**
 * The follower does not hold the same, or not of the same slots.
 *
 * @param cycle of the question
 * @param roots what it holds of the slots in which it follows the asker, and of what nobody orders, by slot; at most {@link #ROOTS_MAX}
 */
public record PairRoots(long cycle, List<SlotRoot> roots) implements PairMessage {

    /** Two for each slot of the largest ring. */
    public static final int ROOTS_MAX = 2 * SlotSpace.SLOTS_MAX;
}
