package dev.hypercache.core.lead;

import dev.hypercache.core.ring.MemberSet;
import java.util.BitSet;
import java.util.function.IntPredicate;

/** Whom a leader asks whether it still leads. */
final class Confirmers {

    private Confirmers() {}

    /**
     * As few members as suffice, in turns, if so many were heard just now; else all: what a leader is asked to read should not
     * wait for one that has just fallen silent.
     *
     * @param targets of whom a majority is needed
     * @param confirmed who has answered, the leader among them
     * @param round whose turn it is
     * @param isHeard whether a member gave a sign of life just now
     */
    static BitSet toAsk(MemberSet targets, BitSet confirmed, long round, IntPredicate isHeard) {
        int wanted = targets.majority() - targets.countIn(confirmed);
        BitSet asked = new BitSet();
        for (int i = 0; i < targets.size() && wanted > 0; i++) {
            int member = targets.get((int) Math.floorMod(round + i, (long) targets.size()));
            if (!confirmed.get(member) && isHeard.test(member)) {
                asked.set(member);
                wanted--;
            }
        }
        return wanted > 0 ? all(targets, confirmed) : asked;
    }

    /** Everybody who has not answered. */
    static BitSet all(MemberSet targets, BitSet confirmed) {
        BitSet all = new BitSet();
        for (int place = 0; place < targets.size(); place++) {
            all.set(targets.get(place));
        }
        all.andNot(confirmed);
        return all;
    }
}
