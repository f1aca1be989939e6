package dev.hypercache.core.message;

/**
 * One bucket of a cache of a slot.
 *
 * @param cache the cache's id
 * @param buckets into how many buckets the cache is cut, a power of two
 * @param bucket which of them: the lowest bits of its keys' hashes
 */
public record BucketName(int cache, int buckets, int bucket) {

    /** Whether there is such a bucket. */
    public boolean isValid() {
        return Integer.bitCount(buckets) == 1 && buckets <= CacheBuckets.BUCKETS_MAX && bucket >= 0 && bucket < buckets;
    }

    /** Whether a key with this hash is in it. */
    public boolean contains(long hash64) {
        return (hash64 & (buckets - 1)) == bucket;
    }
}
