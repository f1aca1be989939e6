package dev.hypercache.core.message;

import java.util.List;

/**
 * A leader asks a follower in which buckets its caches differ from these.
 *
 * @param attempt matches the answer
 * @param roots what the leader holds, at most {@link #CACHES_MAX}
 */
public record AskBuckets(int slot, long ballot, int attempt, List<CacheRoot> roots) implements RepairMessage {

    /** The most caches of a ring. */
    public static final int CACHES_MAX = 4_096;
}
