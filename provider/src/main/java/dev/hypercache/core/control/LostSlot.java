package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;

/**
 * A slot that no majority of members can lead any more.
 *
 * @param slot which slot
 * @param epoch the epoch in which it must be
 * @param heirs members that hold it from now on if none of its voters is a member; does not matter otherwise
 */
public record LostSlot(int slot, int epoch, MemberSet heirs) {

    /** @throws IllegalArgumentException if a part is out of its range */
    public LostSlot {
        SlotStep.check(slot, epoch);
        ControlLimits.checkRange(
                "number of heirs of slot " + slot, heirs.size(), 0, ControlLimits.REPLICATION_FACTOR_MAX);
    }
}
