package dev.hypercache.core.record;

/**
 * A clock that follows the time that it is told and every stamp that it sees, and never says the same twice.
 *
 * <p>A stamp has 48 bits of milliseconds and a counter of 16 bits below them; a counter that runs over takes the next
 * millisecond. Stamps from further ahead than {@code offsetMaxMillis} are refused, so that nobody's clock can drive others
 * ahead. Where the time that it is told goes back by more than that, it was wrong before, and new stamps follow it:
 * versions stay unique by their origin. Confined to its slot.
 */
public final class HybridClock {

    private static final int COUNTER_BITS = 16;

    private final long offsetMaxMillis;
    private long last;

    /** @param offsetMaxMillis how far the clocks of two nodes may differ */
    public HybridClock(long offsetMaxMillis) {
        this.offsetMaxMillis = offsetMaxMillis;
    }

    /** The first stamp of a millisecond. */
    public static long stampOf(long millis) {
        return Math.max(0, millis) << COUNTER_BITS;
    }

    /** The milliseconds of a stamp. */
    public static long millisOf(long stamp) {
        return stamp >>> COUNTER_BITS;
    }

    static String text(long stamp) {
        return millisOf(stamp) + "." + (stamp & ((1 << COUNTER_BITS) - 1));
    }

    /** The highest stamp given out or seen; 0 if there was none. */
    public long last() {
        return last;
    }

    /** A stamp above all that were given out or seen, unless those are from the future by now, and above one more. */
    public long tick(long nowMillis, long above) {
        long followed = isAhead(last, nowMillis) ? 0 : last;
        long stamp = Math.max(Math.max(followed, above) + 1, stampOf(nowMillis));
        last = Math.max(last, stamp);
        return stamp;
    }

    /**
     * Takes note of another node's stamp.
     *
     * @return false if it is too far ahead, and was not taken
     */
    public boolean observe(long stamp, long nowMillis) {
        if (isAhead(stamp, nowMillis)) {
            return false;
        }
        last = Math.max(last, stamp);
        return true;
    }

    /** Whether a stamp is from further ahead than clocks may differ. */
    public boolean isAhead(long stamp, long nowMillis) {
        return millisOf(stamp) > nowMillis + offsetMaxMillis;
    }
}
