package dev.hypercache.core.move;

/**
 * What bounds the transfers of one node.
 *
 * @param slotsMax how many copies it fills at once, 1 or more
 * @param bytesPerSecond how much it sends for that, 1 or more
 */
public record MoveLimits(int slotsMax, long bytesPerSecond) {

    /** No limit that anybody reaches, for those who move nothing. */
    public static final MoveLimits NONE = new MoveLimits(Integer.MAX_VALUE, Long.MAX_VALUE / 2);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is less than 1
     */
    public MoveLimits {
        if (slotsMax < 1 || bytesPerSecond < 1) {
            throw new IllegalArgumentException("a node that fills " + slotsMax + " copies at once with "
                    + bytesPerSecond + " bytes per second fills none");
        }
    }
}
