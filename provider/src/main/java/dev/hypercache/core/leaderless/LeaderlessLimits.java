package dev.hypercache.core.leaderless;

/**
 * The bounds of caches that nobody orders.
 *
 * @param offsetMaxMillis how far the clocks of two nodes may differ
 * @param dirtyMax how many keys a slot remembers for each peer that misses them; beyond it the two are compared
 * @param tokenWindowMillis how long after its issue a mutation may be asked for again
 */
public record LeaderlessLimits(long offsetMaxMillis, int dirtyMax, long tokenWindowMillis) {

    /** @throws IllegalArgumentException if a bound is out of range */
    public LeaderlessLimits {
        if (offsetMaxMillis < 0 || dirtyMax < 1 || tokenWindowMillis < 0) {
            throw new IllegalArgumentException("offsetMaxMillis " + offsetMaxMillis + ", dirtyMax " + dirtyMax
                    + ", tokenWindowMillis " + tokenWindowMillis + ": all must be positive");
        }
    }
}
