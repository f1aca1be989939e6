package dev.hypercache.core.message;

import java.util.List;

/**
 * A leader asks which versions a follower holds in some buckets; {@link VersionPage}s answer.
 *
 * @param attempt tells the pages of one answer from those of another
 * @param buckets at most {@link #BUCKETS_MAX}
 */
public record AskBucketVersions(int slot, long ballot, int attempt, List<BucketName> buckets) implements RepairMessage {

    /** The most buckets in a question. */
    public static final int BUCKETS_MAX = BucketPage.CACHES_MAX * CacheBuckets.BUCKETS_MAX;
}
