package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Prefers another voter as leader. Moves no data and makes no epoch: the quorums stay as they are, so the leader hands over
 * when it can instead of being deposed.
 *
 * @param order the voters, the most preferred leader first
 */
public record OrderVoters(int slot, int epoch, MemberSet order) implements SlotStep {

    /** @throws IllegalArgumentException if a part is out of its range */
    public OrderVoters {
        SlotStep.check(slot, epoch, order, ControlLimits.REPLICATION_FACTOR_MAX);
    }

    @Override
    public @Nullable Reason obstacle(SlotConfiguration at, ControlState now) {
        if (at.isSwitching()) {
            return Reason.SWITCHING;
        }
        return at.voters().isSameSetAs(order) ? null : Reason.OTHER_VOTERS;
    }

    @Override
    public SlotConfiguration next(SlotConfiguration at) {
        return at.inOrder(order);
    }
}
