package dev.hypercache.core.form;

/**
 * How long seeds wait for each other, in milliseconds. Safety depends on none of it.
 *
 * @param grace how long a candidate that hears a majority waits for the other seeds; {@link #FOR_EVER} founds no ring without all
 * @param living how long ago a seed may have answered that counts as living
 * @param rank how much longer than the one before it each living seed waits before it stands, and the most that chance adds to a wait
 * @param quiet how long a seed that voted for a candidate leaves it alone
 * @param ballot how long a candidate waits for a ballot's answers before it tries another one
 * @param memory how long a ring counts as there after a member of it was heard
 */
public record FormingPace(long grace, long living, long rank, long quiet, long ballot, long memory) {

    /** A grace that never ends. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    /** A majority founds the ring after a grace of 3 s. */
    public static final FormingPace DEFAULTS = new FormingPace(3_000, 4_000, 1_000, 2_000, 5_000, 10_000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is less than 1, the grace less than 0
     */
    public FormingPace {
        if (grace < 0 || living < 1 || rank < 1 || quiet < 1 || ballot < 1 || memory < 1) {
            throw new IllegalArgumentException("waits must last 1 ms or more, the grace 0 or more.");
        }
    }

    /** The same pace, but no ring without all seeds: for rings that nobody can join later. */
    public FormingPace withAllSeeds() {
        return new FormingPace(FOR_EVER, living, rank, quiet, ballot, memory);
    }
}
