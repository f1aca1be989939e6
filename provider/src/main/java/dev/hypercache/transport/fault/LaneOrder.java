package dev.hypercache.transport.fault;

/**
 * Keeps the order of lanes while their messages are held back: a message leaves no earlier than the one before it.
 *
 * <p>Lanes share a fixed number of places. Two lanes in one place wait for each other, which a network may do.
 */
final class LaneOrder {

    private static final int PLACES = 64;

    private final long[] leavesNanos = new long[PLACES];
    private final int[] held = new int[PLACES];

    /**
     * Finds the time at which a message may leave.
     *
     * @param lane the lane of the message
     * @param nowNanos now
     * @param delayNanos how long it is held back at least
     * @return {@code nowNanos} if it need not wait; else a later time, and the caller owes a {@link #left}
     */
    synchronized long place(int lane, long nowNanos, long delayNanos) {
        int place = placeOf(lane);
        long leaves = nowNanos + delayNanos;
        if (held[place] == 0) {
            if (delayNanos == 0) {
                return nowNanos;
            }
        } else if (leavesNanos[place] - leaves > 0) {
            leaves = leavesNanos[place];
        }
        // The one before may be due and not gone: this one is held, too, if only for a moment.
        leaves = leaves - nowNanos > 0 ? leaves : nowNanos + 1;
        held[place]++;
        leavesNanos[place] = leaves;
        return leaves;
    }

    /** A message that was held has left, or is lost. */
    synchronized void left(int lane) {
        held[placeOf(lane)]--;
    }

    private static int placeOf(int lane) {
        return Math.floorMod(lane, PLACES);
    }
}
