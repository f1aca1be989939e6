package dev.hypercache.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * The levels at which a client reads and writes.
 *
 * @param read the level of reads
 * @param write the level of writes; null if mutations are refused
 * @param ordered whether the slots' leaders order the cache's writes, which is so unless they are made at {@link
 *     ConsistencyLevel#ONE}; fixed for the life of the cache
 */
public record Levels(ConsistencyLevel read, @Nullable ConsistencyLevel write, boolean ordered) {

    /** The defaults. */
    public static final Levels QUORUM = new Levels(ConsistencyLevel.QUORUM, ConsistencyLevel.QUORUM);

    /** The levels of a cache. */
    public Levels(ConsistencyLevel read, ConsistencyLevel write) {
        this(read, write, write != ConsistencyLevel.ONE);
    }

    /**
     * These levels with another one for single calls: any for reads; for writes at least the present one, and of a cache written
     * at {@link ConsistencyLevel#ONE} no other.
     *
     * @return levels that refuse mutations where the level does not allow them
     */
    public Levels with(ConsistencyLevel level) {
        boolean mayWrite = write != null
                && (ordered
                        ? level != ConsistencyLevel.ONE && level.compareTo(write) >= 0
                        : level == ConsistencyLevel.ONE);
        return new Levels(level, mayWrite ? level : null, ordered);
    }
}
