package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Lets members be filled: from now on they get every accept of the slot, beside its copy. Makes no epoch.
 *
 * @param learners members that hold nothing of the slot yet
 */
public record AddLearners(int slot, int epoch, MemberSet learners) implements SlotStep {

    /** @throws IllegalArgumentException if a part is out of its range */
    public AddLearners {
        SlotStep.check(slot, epoch, learners, ControlLimits.LEARNERS_MAX);
    }

    @Override
    public @Nullable Reason obstacle(SlotConfiguration at, ControlState now) {
        if (!SlotStep.areMembers(learners, now)) {
            return Reason.NOT_A_MEMBER;
        }
        if (learners.minus(at.holders()).size() < learners.size()) {
            return Reason.ALREADY_HOLDER;
        }
        return at.learners().size() + learners.size() > ControlLimits.LEARNERS_MAX ? Reason.TOO_MANY_HOLDERS : null;
    }

    @Override
    public SlotConfiguration next(SlotConfiguration at) {
        return at.withLearners(at.learners().union(learners));
    }
}
