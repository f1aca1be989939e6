package dev.hypercache.core.ring;

import java.util.BitSet;

/**
 * Who replicates a slot in one of its epochs, and which of them count.
 *
 * <p>A ballot belongs to an epoch, and its quorums depend on that epoch alone (CONSISTENCY I4). In a stable epoch both
 * quorums are majorities of the voters. In the epoch of a switch a leader needs promises from majorities of the old and
 * the new voters, and its accepts count at the new ones; so whatever was chosen before is seen, and what is chosen now
 * survives the old ones. Learners get every accept and count for nothing.
 *
 * @param epoch 1 or more; each switch takes two
 * @param voters in a stable epoch the replicas that count; in a switch the old ones
 * @param incoming in a switch the new voters; empty in a stable epoch
 * @param learners replicas that are being filled
 */
public record SlotConfiguration(int epoch, MemberSet voters, MemberSet incoming, MemberSet learners) {

    /** @throws IllegalArgumentException if there is no voter or the epoch is below 1 */
    public SlotConfiguration {
        if (epoch < 1 || voters.isEmpty()) {
            throw new IllegalArgumentException("epoch " + epoch + " with voters " + voters
                    + ": epochs count from 1 and a slot has at least one voter");
        }
    }

    /** A stable epoch. */
    public static SlotConfiguration stable(int epoch, MemberSet voters) {
        return new SlotConfiguration(epoch, voters, MemberSet.EMPTY, MemberSet.EMPTY);
    }

    /** Whether the slot is on its way from one set of voters to another. */
    public boolean isSwitching() {
        return !incoming.isEmpty();
    }

    /** Whether this is the slot's first epoch with a member among its voters, who has nothing to be filled with then. */
    public boolean isFirstOf(int member) {
        return epoch == 1 && !isSwitching() && voters.contains(member);
    }

    /** Whose accepts count. */
    public MemberSet targets() {
        return isSwitching() ? incoming : voters;
    }

    /** Who is asked for promises. */
    public MemberSet electors() {
        return voters.union(incoming);
    }

    /** Who is sent accepts. */
    public MemberSet recipients() {
        return targets().union(learners);
    }

    /** Everybody who holds a copy in this epoch. */
    public MemberSet holders() {
        return electors().union(learners);
    }

    /** Whether these promises make a leader. */
    public boolean isPromiseQuorum(BitSet promised) {
        return voters.hasMajorityIn(promised) && (!isSwitching() || incoming.hasMajorityIn(promised));
    }

    /** Whether these replicas, all holding a version, make it chosen. */
    public boolean isAcceptQuorum(BitSet accepted) {
        return targets().hasMajorityIn(accepted);
    }
}
