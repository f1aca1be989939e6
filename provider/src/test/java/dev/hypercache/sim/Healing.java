package dev.hypercache.sim;

import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.repair.RepairPace;

/**
 * How the nodes of a simulated ring heal it.
 *
 * @param hints what bounds the hints of a node
 * @param pace how often nodes compare their copies
 */
record Healing(HintLimits hints, RepairPace pace) {

    /** Hints as a ring has them that nobody configured. */
    static final HintLimits HINTS = new HintLimits(true, 3_600_000, 200, 1_000_000, 4_000_000, 64 << 20);

    /** So often that each run sees it a few times, and that copies are equal again soon after the last fault. */
    static final RepairPace PACE = new RepairPace(1_200, 4_800);

    static final Healing USUAL = new Healing(HINTS, PACE);

    Healing with(HintLimits otherHints) {
        return new Healing(otherHints, pace);
    }

    Healing with(RepairPace otherPace) {
        return new Healing(hints, otherPace);
    }
}
