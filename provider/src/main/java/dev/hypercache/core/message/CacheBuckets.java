package dev.hypercache.core.message;

import java.util.List;

/**
 * What a copy holds of one cache of a slot, bucket by bucket.
 *
 * @param cache the cache's id
 * @param buckets the first one holds the keys whose hash ends in zeros, and so on; a power of two of them, at most {@link
 *     #BUCKETS_MAX}
 */
public record CacheBuckets(int cache, List<BucketSum> buckets) {

    /** The most buckets of a cache in a slot. */
    public static final int BUCKETS_MAX = 4_096;
}
