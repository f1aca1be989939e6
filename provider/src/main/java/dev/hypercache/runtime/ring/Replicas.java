package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.Member;
import dev.hypercache.core.control.SlotEntry;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;

/** How well the slots of a ring are replicated, as one member sees it. */
final class Replicas {

    private Replicas() {}

    /**
     * How many slots have fewer living voters than they should have, or are on their way from one set of voters to another: as long
     * as there is one, no further node should be stopped.
     *
     * @param suspected whom this node cannot reach
     */
    static int wanting(ControlState state, BitSet suspected) {
        BitSet living = living(state, suspected);
        int staying = 0;
        for (Member member : state.roster().members()) {
            staying += member.draining() ? 0 : 1;
        }
        int wanted = Math.min(state.founded().replicationFactor(), Math.max(1, staying));
        int wanting = 0;
        for (SlotEntry entry : state.slots().entries()) {
            wanting += isWanting(entry.configuration(), living, wanted) ? 1 : 0;
        }
        return wanting;
    }

    private static boolean isWanting(SlotConfiguration slot, BitSet living, int wanted) {
        return slot.isSwitching() || !slot.learners().isEmpty() || living(slot, living) < wanted;
    }

    /** The fewest living voters that a slot has. */
    static int fewest(ControlState state, BitSet suspected) {
        BitSet living = living(state, suspected);
        int fewest = Integer.MAX_VALUE;
        for (SlotEntry entry : state.slots().entries()) {
            fewest = Math.min(fewest, living(entry.configuration(), living));
        }
        return fewest;
    }

    private static BitSet living(ControlState state, BitSet suspected) {
        BitSet living = state.roster().shortIds();
        living.andNot(suspected);
        return living;
    }

    private static int living(SlotConfiguration slot, BitSet living) {
        int count = 0;
        for (int voter : slot.targets().toArray()) {
            count += living.get(voter) ? 1 : 0;
        }
        return count;
    }
}
