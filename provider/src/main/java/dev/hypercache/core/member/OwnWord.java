package dev.hypercache.core.member;

import dev.hypercache.core.message.Belief;
import dev.hypercache.spi.membership.MemberHealth;

/** How often this node has refuted: the word by which it is alive, whatever was said before. */
final class OwnWord {

    private long refutations;

    long refutations() {
        return refutations;
    }

    /**
     * Answers to what others believe of this node.
     *
     * @return whether it had to be refuted; else it was refuted before, or says that the node is alive
     */
    boolean refute(Belief belief) {
        boolean isNew = belief.health() != MemberHealth.ALIVE && belief.refutations() >= refutations;
        if (isNew
                && belief.refutations()
                        < Long.MAX_VALUE) { // At the end, which nobody reaches by refuting, no word helps.
            refutations = belief.refutations() + 1;
        }
        return isNew;
    }
}
