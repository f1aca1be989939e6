package dev.hypercache.topology.raft;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.TopologyPage;
import org.jspecify.annotations.Nullable;

/** What the engine carries for the log: entries of its own log, parts of snapshots, questions. */
sealed interface LogOperation {

    /**
     * The first entry of a leader's term.
     *
     * @param founding with what the log begins, while it may not have begun yet; the first entry of all then
     */
    record TermBegin(@Nullable Founding founding) implements LogOperation {}

    /**
     * With what the log of a generation begins.
     *
     * @param base the state that it goes on from; null in the first generation
     * @param change the first change, with the index behind the base, or 1
     */
    record Founding(TopologyPage.@Nullable Checkpoint base, Payload change) {

        int bytes() {
            return change.length() + (base == null ? 0 : base.state().length());
        }
    }

    /**
     * A change that counts if nothing else was appended since its author looked.
     *
     * @param expectedIndex the last change that the author knew
     */
    record Propose(long expectedIndex, ChangeId id, Payload change) implements LogOperation {}

    /** Asks for the last index; never an entry. */
    record LastIndex() implements LogOperation {}

    /**
     * A part of a snapshot.
     *
     * @param stamp the same in all parts of one snapshot, and hardly ever in parts of two
     */
    record SnapshotPart(long stamp, Payload bytes) implements LogOperation {}
}
