package dev.hypercache.core.node;

import dev.hypercache.core.lead.Leadership;

/** What a leader needs of its node: a part of what its slot's machine was given. */
final class LeaderSurroundings {

    private LeaderSurroundings() {}

    static Leadership.Surroundings of(SlotMachine.Node node) {
        return new Leadership.Surroundings(
                node.self(),
                node.out(),
                node.equality(),
                node.observer(),
                node.holdLimits(),
                node.hints(),
                node.moves(),
                node.clockOffsetMillis(),
                node.isHeard());
    }
}
