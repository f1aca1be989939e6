package dev.hypercache.core.repair;

/**
 * How often a pair of nodes compares itself.
 *
 * @param intervalMillis the pause after something was found or changed, positive
 * @param intervalMostMillis the longest pause, to which it doubles while nothing is found
 */
public record RepairPace(long intervalMillis, long intervalMostMillis) {

    /** How many times the least pause the longest is: five minutes for ten seconds. */
    private static final int MOST = 30;

    /** The longest pause that belongs to a least one. */
    public static RepairPace of(long intervalMillis) {
        return new RepairPace(intervalMillis, MOST * intervalMillis);
    }
}
