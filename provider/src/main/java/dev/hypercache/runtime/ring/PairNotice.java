package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.telemetry.NodeLog;

/** Says once of a ring that stays one of two nodes what that costs. Confined to one thread. */
final class PairNotice {

    /** A ring that forms has two members for a moment. */
    private static final long SETTLED_MILLIS = 10_000;

    private final NodeLog log;
    private long pairSinceMillis = Long.MAX_VALUE;
    private boolean said;

    PairNotice(NodeLog log) {
        this.log = log;
    }

    /** Looks at what is agreed. */
    void look(ControlState state, long nowMillis) {
        if (said) {
            return;
        }
        boolean isPair = state.roster().size() == 2 && state.founded().replicationFactor() > 1;
        pairSinceMillis = isPair ? Math.min(pairSinceMillis, nowMillis) : Long.MAX_VALUE;
        if (isPair && nowMillis - pairSinceMillis >= SETTLED_MILLIS) {
            said = true;
            log.warn("ring")
                    .log(
                            "The ring has two nodes: while one of them is away nothing can be written at QUORUM and ALL, until it is"
                                    + " back under its name or an operator says that it will not return. With a third node it can be.");
        }
    }
}
