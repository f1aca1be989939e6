package dev.hypercache.core.hint;

/**
 * What bounds the hints of one node.
 *
 * @param enabled false to keep none: a replica that missed something is compared as a whole instead
 * @param ttlMillis age at which a hint is dropped, and its replica compared as a whole
 * @param replayMillis how long an attempt to replay waits for its answer
 * @param perNodeMax the most hints for one node
 * @param totalMax the most hints for all nodes together
 * @param bytesMax the most memory that all hints together take, in bytes, about
 */
public record HintLimits(
        boolean enabled, long ttlMillis, long replayMillis, long perNodeMax, long totalMax, long bytesMax) {}
