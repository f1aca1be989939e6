package dev.hypercache.core.message;

/**
 * The fingerprint of the records in one bucket of a cache of a slot.
 *
 * @param sum 64 bits
 * @param mix 64 more
 */
public record BucketSum(long sum, long mix) {}
