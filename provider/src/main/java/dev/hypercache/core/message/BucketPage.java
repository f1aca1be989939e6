package dev.hypercache.core.message;

import java.util.List;

/**
 * The buckets of the caches in which a follower differs from its leader.
 *
 * @param attempt of the question
 * @param caches at most {@link #CACHES_MAX}; if more differ, the others wait for the next comparison
 */
public record BucketPage(int slot, long ballot, int attempt, List<CacheBuckets> caches) implements RepairMessage {

    /** The most caches in a page, so that it has a megabyte at most. */
    public static final int CACHES_MAX = 16;
}
