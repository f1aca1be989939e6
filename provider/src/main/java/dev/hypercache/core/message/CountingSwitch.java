package dev.hypercache.core.message;

/**
 * Whether a ring counts what is done to a cache.
 *
 * @param cache the cache's id
 * @param stamp when that was said; 0 if nobody did. The later word counts, and of two at once the one to count
 * @param on whether it counts
 */
public record CountingSwitch(int cache, long stamp, boolean on) {

    /** Nobody has said anything about a cache. */
    public static CountingSwitch untouched(int cache) {
        return new CountingSwitch(cache, 0, false);
    }

    /** Which of two words about one cache counts. */
    public CountingSwitch later(CountingSwitch other) {
        boolean isLater = other.stamp > stamp || other.stamp == stamp && other.on;
        return isLater ? other : this;
    }
}
