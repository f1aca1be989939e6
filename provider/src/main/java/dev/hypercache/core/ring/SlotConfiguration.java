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
 * <p>A slot that lost what was chosen in it begins anew: in the epoch {@code begunIn} its ordered caches were empty. A copy
 * that was in an earlier epoch drops what it holds of them, whichever epoch it enters next.
 *
 * <p>A slot that lost half of its voters goes on with the rest, who hold what was chosen all together. They are switched to, though
 * some or all of them voted before: until that has completed, no part of them holds everything.
 *
 * @param epoch 1 or more; each switch takes two
 * @param voters in a stable epoch the replicas that count; in a switch the old ones
 * @param incoming in a switch the new voters; empty in a stable epoch
 * @param learners replicas that are being filled
 * @param begunIn the epoch that began with empty ordered caches: 1, or that of the last reset
 * @param rescued whether the switch is one to the survivors of a loss
 */
public record SlotConfiguration(
        int epoch, MemberSet voters, MemberSet incoming, MemberSet learners, int begunIn, boolean rescued) {

    /** @throws IllegalArgumentException if there is no voter, the epoch is below 1, or the slot has not begun in it */
    public SlotConfiguration {
        if (epoch < 1 || voters.isEmpty() || begunIn < 1 || begunIn > epoch) {
            throw new IllegalArgumentException("epoch " + epoch + " with voters " + voters + ", begun in " + begunIn
                    + ": epochs count from 1, a slot has at least one voter and began in no later epoch");
        }
    }

    /** The configuration of a slot that was never reset. */
    public SlotConfiguration(int epoch, MemberSet voters, MemberSet incoming, MemberSet learners) {
        this(epoch, voters, incoming, learners, 1, false);
    }

    /** A stable epoch. */
    public static SlotConfiguration stable(int epoch, MemberSet voters) {
        return new SlotConfiguration(epoch, voters, MemberSet.EMPTY, MemberSet.EMPTY);
    }

    /** The same epoch with other learners. */
    public SlotConfiguration withLearners(MemberSet newLearners) {
        return new SlotConfiguration(epoch, voters, incoming, newLearners, begunIn, rescued);
    }

    /** The same epoch with the voters in another order. */
    public SlotConfiguration inOrder(MemberSet order) {
        return new SlotConfiguration(epoch, order, incoming, learners, begunIn, rescued);
    }

    /** The next epoch, with what was chosen so far; whoever votes then is no learner. */
    public SlotConfiguration next(MemberSet nextVoters, MemberSet nextIncoming) {
        MemberSet stillLearning = learners.minus(nextVoters).minus(nextIncoming);
        return new SlotConfiguration(epoch + 1, nextVoters, nextIncoming, stillLearning, begunIn, false);
    }

    /** The same as a switch to the survivors of a loss. */
    public SlotConfiguration toSurvivors() {
        MemberSet to = isSwitching() ? incoming : voters;
        return new SlotConfiguration(epoch, voters, to, learners, begunIn, true);
    }

    /** The same, but begun anew in this very epoch, with nothing in its ordered caches. */
    public SlotConfiguration begunAnew() {
        return new SlotConfiguration(epoch, voters, incoming, learners, epoch, false);
    }

    /** Whether the slot is on its way from one set of voters to another. */
    public boolean isSwitching() {
        return !incoming.isEmpty();
    }

    /**
     * Whether a member is a voter with which the slot began, and which has nothing to be filled with. That is so in the epoch after
     * the first one, too, which a copy may read of without having read of the first: a switch that begins keeps the voters, and what
     * ends one finds them filled.
     */
    public boolean isFirstOf(int member) {
        return epoch - begunIn <= 1 && voters.contains(member);
    }

    /** Whether a copy that was in an epoch holds what was dropped with the slot's last reset. */
    public boolean isResetSince(int earlierEpoch) {
        return begunIn > earlierEpoch;
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
