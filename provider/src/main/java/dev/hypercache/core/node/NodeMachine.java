package dev.hypercache.core.node;

/**
 * One node: its phase, and later its membership and the control plane.
 *
 * <p>Confined: the caller guards it. Operations ask {@link #phase} before they enter a cache.
 */
public final class NodeMachine {

    private NodePhase phase = NodePhase.JOINING;

    public NodePhase phase() {
        return phase;
    }

    /**
     * Moves on to {@code next}.
     *
     * @return false if the node is in that phase or past it already
     */
    public boolean advance(NodePhase next) {
        if (!phase.mayBecome(next)) {
            return false;
        }
        phase = next;
        return true;
    }
}
