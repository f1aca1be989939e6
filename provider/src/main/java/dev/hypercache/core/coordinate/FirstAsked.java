package dev.hypercache.core.coordinate;

import dev.hypercache.core.ring.MemberSet;
import java.util.BitSet;

/**
 * Whom a read of a majority asks first: as few voters as suffice, if so many were heard just now. The leader is one of them, for its
 * word alone can tell that what it holds is chosen; the others take turns.
 */
final class FirstAsked {

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private FirstAsked() {}

    /**
     * Whom to ask.
     *
     * @param id tells this read from others of the node
     * @return all voters if too few were heard
     */
    static BitSet of(Routing routing, int slot, MemberSet voters, long id) {
        BitSet chosen = new BitSet();
        int leader = routing.leader(slot);
        if (voters.contains(leader) && routing.isHeard(leader)) {
            chosen.set(leader);
        }
        int begin = (int) Long.remainderUnsigned(id * MIX, Math.max(1, voters.size()));
        for (int i = 0; i < voters.size() && !voters.hasMajorityIn(chosen); i++) {
            int member = voters.get((begin + i) % voters.size());
            if (routing.isHeard(member)) {
                chosen.set(member);
            }
        }
        return voters.hasMajorityIn(chosen) ? chosen : voters.toBitSet();
    }
}
