package dev.hypercache.topology.raft;

import dev.hypercache.spi.Payload;
import org.jspecify.annotations.Nullable;

/** What the engine carries for the log: entries of its own log, parts of snapshots, questions. */
sealed interface LogOperation {

    /**
     * The first entry of a leader's term.
     *
     * @param founding the founding change while the log may not have it yet; the first entry of all, so it gets index 1
     */
    record TermBegin(@Nullable Payload founding) implements LogOperation {}

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
