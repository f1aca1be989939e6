package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Gives up on filling members, because the plan has changed. Makes no epoch, since learners count for nothing.
 *
 * @param learners learners of the slot
 */
public record DropLearners(int slot, int epoch, MemberSet learners) implements SlotStep {

    /** @throws IllegalArgumentException if a part is out of its range */
    public DropLearners {
        SlotStep.check(slot, epoch, learners, ControlLimits.LEARNERS_MAX);
    }

    @Override
    public @Nullable Reason obstacle(SlotConfiguration at, ControlState now) {
        return SlotStep.areAmong(learners, at.learners()) ? null : Reason.NOT_A_HOLDER;
    }

    @Override
    public SlotConfiguration next(SlotConfiguration at) {
        return at.withLearners(at.learners().minus(learners));
    }
}
