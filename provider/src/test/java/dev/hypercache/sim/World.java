package dev.hypercache.sim;

import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.repair.RepairPace;
import java.util.function.Consumer;

/**
 * What the nodes of a ring share.
 *
 * @param pace how often nodes compare their copies
 * @param expelled is told of a node that read that it is no member any more
 */
record World(
        EventQueue queue,
        SimNetwork network,
        SimTopology topology,
        Checks checks,
        Coverage coverage,
        RepairPace pace,
        HintLimits hintLimits,
        Consumer<SimNode> expelled) {

    /** What must hold at a node, of its slots and of its part of the agreed state. */
    record Checks(Invariants invariants, ControlChecks control) {}

    Invariants invariants() {
        return checks.invariants;
    }
}
