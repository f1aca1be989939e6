package dev.hypercache.core.control;

import dev.hypercache.core.control.Refusal.Reason;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.core.ring.SlotSpace;
import org.jspecify.annotations.Nullable;

/**
 * One step of one slot on its way to other replicas, conditional on the epoch from which it was computed.
 *
 * <p>A slot moves by {@link AddLearners}, {@link BeginSwitch} and {@link CompleteSwitch}. Who proposes them answers for
 * what the state cannot know: that learners are filled before a switch begins, and that a majority of the new voters holds
 * every key before it completes.
 */
public sealed interface SlotStep permits AddLearners, DropLearners, BeginSwitch, CompleteSwitch, OrderVoters {

    /** Which slot. */
    int slot();

    /** The epoch in which the slot must be. */
    int epoch();

    /** What stands against the step in a slot of that epoch; null if nothing does. */
    @Nullable
    Reason obstacle(SlotConfiguration at, ControlState now);

    /** The slot after the step, if nothing stands against it. */
    SlotConfiguration next(SlotConfiguration at);

    /** Checks what all steps have in common. */
    static void check(int slot, int epoch) {
        ControlLimits.checkRange("slot", slot, 0, SlotSpace.SLOTS_MAX - 1);
        ControlLimits.checkRange("epoch of slot " + slot, epoch, 1, Integer.MAX_VALUE);
    }

    /** Checks what all steps that name members have in common. */
    static void check(int slot, int epoch, MemberSet members, int max) {
        check(slot, epoch);
        ControlLimits.checkRange("number of members in a step of slot " + slot, members.size(), 1, max);
    }

    /** Whether all of {@code members} are among {@code others}. */
    static boolean areAmong(MemberSet members, MemberSet others) {
        return members.minus(others).isEmpty();
    }

    /** Whether all of {@code members} are members of the ring. */
    static boolean areMembers(MemberSet members, ControlState now) {
        for (int member : members.toArray()) {
            if (!now.roster().contains(member)) {
                return false;
            }
        }
        return true;
    }
}
