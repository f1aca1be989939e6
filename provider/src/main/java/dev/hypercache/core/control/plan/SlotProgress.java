package dev.hypercache.core.control.plan;

/** What a node knows of the slots that it leads and the agreed state does not say. */
public interface SlotProgress {

    /** Whether this node leads a slot. */
    boolean leads(int slot);

    /** Whether a learner of a slot that this node leads holds what its voters hold, so that it may begin to vote. */
    boolean isCaughtUp(int slot, int learner);

    /** Whether the new voters of a slot that this node leads hold everything that is chosen, so that the old ones may go. */
    boolean isSwitchComplete(int slot);
}
