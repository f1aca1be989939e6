package dev.hypercache.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * The levels at which a client reads and writes.
 *
 * @param read the level of reads
 * @param write {@link ConsistencyLevel#QUORUM} or {@link ConsistencyLevel#ALL}; null if mutations are refused
 */
public record Levels(ConsistencyLevel read, @Nullable ConsistencyLevel write) {

    /** The defaults. */
    public static final Levels QUORUM = new Levels(ConsistencyLevel.QUORUM, ConsistencyLevel.QUORUM);

    /**
     * These levels with another one for single calls: any for reads, for writes at least the present one.
     *
     * @return levels that refuse mutations where the level does not allow them
     */
    public Levels with(ConsistencyLevel level) {
        boolean mayWrite = write != null && level != ConsistencyLevel.ONE && level.compareTo(write) >= 0;
        return new Levels(level, mayWrite ? level : null);
    }
}
