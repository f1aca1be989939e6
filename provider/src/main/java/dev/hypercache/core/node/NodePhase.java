package dev.hypercache.core.node;

/** Where a node stands in its life; it only moves forward. */
public enum NodePhase {
    /** Not serving yet. */
    JOINING,
    /** Serving. */
    READY,
    /** Finishes what was begun, takes nothing new. */
    DRAINING,
    /** Gone for good. */
    LEFT;

    /** Whether a node may go from this phase to {@code next}. */
    public boolean mayBecome(NodePhase next) {
        return next.ordinal() > ordinal();
    }
}
