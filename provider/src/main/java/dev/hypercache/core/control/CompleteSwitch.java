package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import org.jspecify.annotations.Nullable;

/** Ends the switch of a slot: the new voters alone hold it, in a new stable epoch, and the old ones may drop it. */
public record CompleteSwitch(int slot, int epoch) implements SlotStep {

    /** @throws IllegalArgumentException if a part is out of its range */
    public CompleteSwitch {
        SlotStep.check(slot, epoch);
    }

    @Override
    public @Nullable Reason obstacle(SlotConfiguration at, ControlState now) {
        return at.isSwitching() ? null : Reason.NOT_SWITCHING;
    }

    /** Learners stay: one may have come during the switch, for an incoming member that restarted. */
    @Override
    public SlotConfiguration next(SlotConfiguration at) {
        return at.next(at.incoming(), MemberSet.EMPTY);
    }
}
