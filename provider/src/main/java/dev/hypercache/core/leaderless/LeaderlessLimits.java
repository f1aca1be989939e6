package dev.hypercache.core.leaderless;

/**
 * The bounds of caches that nobody orders.
 *
 * @param offsetMaxMillis how far the clocks of two nodes may differ
 * @param sentMax how many keys of a slot may wait for a peer's first answer; beyond it the two are compared
 * @param tokenWindowMillis how long after its issue a mutation may be asked for again
 */
public record LeaderlessLimits(long offsetMaxMillis, int sentMax, long tokenWindowMillis) {

    /** @throws IllegalArgumentException if a bound is out of range */
    public LeaderlessLimits {
        if (offsetMaxMillis < 0 || sentMax < 1 || tokenWindowMillis < 0) {
            throw new IllegalArgumentException("offsetMaxMillis " + offsetMaxMillis + ", sentMax " + sentMax
                    + ", tokenWindowMillis " + tokenWindowMillis + ": all must be positive");
        }
    }
}
