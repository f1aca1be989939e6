package dev.hypercache.sim;

/**
 * What the clients of a run do.
 *
 * @param operations how many operations to begin
 * @param clients how many at once
 * @param keys of each cache
 * @param clears how many of a hundred operations are clears
 * @param thinkMicros how long a client waits before its next operation, on average
 * @param reads how many of the plain operations are reads, besides those of the mix
 * @param holds how many of a hundred steps rely on a hold, or evict what such steps cached
 */
record Workload(
        int operations,
        int clients,
        int keys,
        int clears,
        int thinkMicros,
        double reads,
        int holds,
        boolean quorumReads,
        boolean levels) {

    /** Nothing. */
    static final Workload NONE = new Workload(0, 1, 1, 0, 1, 0, 0, false, false);

    /** The cache of everything but what needs a cache of its own. */
    static final int PLAIN = 1;

    /** The cache of counters; never cleared. */
    static final int COUNTERS = 2;

    /** The cache that is loaded from a source. */
    static final int LOADED = 3;

    /** The cache whose every write waits for all voters. */
    static final int ALL = 4;

    /** The cache whose writes nobody orders. */
    static final int ONE = 5;
}
