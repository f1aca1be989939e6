package dev.hypercache.core.op;

/**
 * What was counted of a cache: numbers that add up over callers and nodes. There is no average among them, for averages do
 * not add up.
 *
 * @param hits entries that were asked for and found
 * @param misses entries that were asked for and not found
 * @param puts entries that were stored
 * @param removals entries that were removed
 * @param evictions entries that a bound of size drove out
 * @param expirations entries whose time was over
 * @param gets operations that read, with their time
 * @param stores operations that stored, with their time
 * @param removes operations that removed, with their time
 */
public record CacheCounts(
        long hits,
        long misses,
        long puts,
        long removals,
        long evictions,
        long expirations,
        Timed gets,
        Timed stores,
        Timed removes) {

    /** Nothing was counted. */
    public static final CacheCounts NONE = new CacheCounts(0, 0, 0, 0, 0, 0, Timed.NONE, Timed.NONE, Timed.NONE);

    /** How many operations took how long in all. */
    public record Timed(long operations, long nanos) {

        public static final Timed NONE = new Timed(0, 0);

        public Timed plus(Timed other) {
            return new Timed(operations + other.operations, nanos + other.nanos);
        }
    }

    /** Entries that the cache itself took out, and nothing else. */
    public static CacheCounts ofLosses(long evictions, long expirations) {
        return new CacheCounts(0, 0, 0, 0, evictions, expirations, Timed.NONE, Timed.NONE, Timed.NONE);
    }

    public CacheCounts plus(CacheCounts other) {
        return new CacheCounts(
                hits + other.hits,
                misses + other.misses,
                puts + other.puts,
                removals + other.removals,
                evictions + other.evictions,
                expirations + other.expirations,
                gets.plus(other.gets),
                stores.plus(other.stores),
                removes.plus(other.removes));
    }
}
