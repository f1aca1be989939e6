package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Begins the switch of a slot to other voters: one epoch in which leaders need promises of old and new voters.
 *
 * @param incoming the new voters, the most preferred leader first; each votes already or is a learner
 */
public record BeginSwitch(int slot, int epoch, MemberSet incoming) implements SlotStep {

    /** @throws IllegalArgumentException if a part is out of its range */
    public BeginSwitch {
        SlotStep.check(slot, epoch, incoming, ControlLimits.REPLICATION_FACTOR_MAX);
    }

    @Override
    public @Nullable Reason obstacle(SlotConfiguration at, ControlState now) {
        if (at.isSwitching()) {
            return Reason.SWITCHING;
        }
        if (at.voters().isSameSetAs(incoming)) {
            return Reason.SAME_VOTERS;
        }
        if (!SlotStep.areMembers(incoming, now)) {
            return Reason.NOT_A_MEMBER;
        }
        if (!SlotStep.areAmong(incoming, at.holders())) {
            return Reason.NOT_A_HOLDER;
        }
        if (incoming.size() > now.founded().replicationFactor()) {
            return Reason.TOO_MANY_HOLDERS;
        }
        // A switch takes two epochs; one that could not complete must not begin.
        return at.epoch() > Integer.MAX_VALUE - 2 ? Reason.NO_EPOCH : null;
    }

    @Override
    public SlotConfiguration next(SlotConfiguration at) {
        return at.next(at.voters(), incoming);
    }
}
