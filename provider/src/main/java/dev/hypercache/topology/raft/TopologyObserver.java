package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import org.jspecify.annotations.Nullable;

/** What a topology log counts. Called by the log's own thread, except {@link #refused}; returns soon and does not throw. */
public interface TopologyObserver {

    /** Sees nothing. */
    TopologyObserver NONE = new TopologyObserver() {};

    /** Which cure of the engine was used; see docs/adr/0019-topology-log-on-microraft.md. */
    enum Lever {
        /** A voter was deaf to its own timeout: it was told of the next term (M2). */
        SILENCE,
        /** A voter stood for a term that the others had passed: it was told of theirs (M7). */
        TERM_GAP,
    }

    /** This node became the log's leader. */
    default void elected() {}

    /** The leader known here is another one, or null for none. */
    default void leaderKnown(@Nullable NodeId leader) {}

    /** The engine was built anew from what it had retained. */
    default void rebuilt(String reason) {}

    default void lever(Lever lever) {}

    /** A frame was refused: unreadable, of another ring or generation, or more than may wait. Called by any thread. */
    default void refused() {}

    /** A change of a caller of this node was appended. */
    default void appended() {}

    /** A change was turned away by this node, the leader, since the log holds all that it may until a checkpoint. */
    default void full() {}

    /** This node holds the log up to here. */
    default void index(long lastIndex) {}

    /** This node votes, or it does no longer. */
    default void voting(boolean isVoter) {}
}
