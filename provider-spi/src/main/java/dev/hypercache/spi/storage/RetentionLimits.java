package dev.hypercache.spi.storage;

/**
 * How much a {@link RetentionPolicy} may let a cache hold.
 *
 * @param entriesMax the most keys to keep, 1 or more; {@link #UNBOUNDED} for no bound
 * @param weightMax the most weight to keep, in the unit of the weights recorded (bytes, as a rule), 1 or more;
 *     {@link #UNBOUNDED} for no bound
 */
public record RetentionLimits(long entriesMax, long weightMax) {

    /** The value of a bound that binds nothing. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a bound is less than 1
     */
    public RetentionLimits {
        requirePositive(entriesMax, "entriesMax");
        requirePositive(weightMax, "weightMax");
    }

    /**
     * Bounds nothing: only expiry is left.
     *
     * @return limits with both bounds {@link #UNBOUNDED}
     */
    public static RetentionLimits unbounded() {
        return new RetentionLimits(UNBOUNDED, UNBOUNDED);
    }

    private static void requirePositive(long bound, String name) {
        if (bound < 1) {
            throw new IllegalArgumentException(
                    name + " is " + bound + ": a bound is at least 1. Use RetentionLimits.UNBOUNDED to set none.");
        }
    }
}
