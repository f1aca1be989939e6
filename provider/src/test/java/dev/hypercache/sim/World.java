package dev.hypercache.sim;

import java.util.function.Consumer;

/**
 * What the nodes of a ring share.
 *
 * @param healing how they heal the ring
 * @param expelled is told of a node that read that it is no member any more
 */
record World(
        EventQueue queue,
        SimNetwork network,
        SimTopology topology,
        Checks checks,
        Coverage coverage,
        Healing healing,
        Consumer<SimNode> expelled) {

    /** What must hold at a node, of its slots and of its part of the agreed state. */
    record Checks(
            Invariants invariants,
            ControlChecks control,
            LeaderlessChecks leaderless,
            Evictions evictions,
            FloorChecks floors,
            EventChecks events) {}

    Invariants invariants() {
        return checks.invariants;
    }
}
