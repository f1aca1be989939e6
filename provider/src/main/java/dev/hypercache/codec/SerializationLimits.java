package dev.hypercache.codec;

/**
 * Numeric limits of Java serialization, checked while reading (and the size also while writing).
 *
 * @param depthMax nested objects
 * @param refsMax objects in one value
 * @param bytesMax encoded bytes of one value
 * @param arrayMax elements of one array
 */
public record SerializationLimits(long depthMax, long refsMax, long bytesMax, long arrayMax) {
    /**
     * For a manager whose bytes never leave the process: wide enough for any value that fits the heap in reason, yet finite.
     */
    public static final SerializationLimits EMBEDDED =
            new SerializationLimits(10_000, 100_000_000, 1L << 30, Integer.MAX_VALUE);

    public SerializationLimits {
        if (depthMax < 1 || refsMax < 1 || bytesMax < 1 || arrayMax < 1) {
            throw new IllegalArgumentException("Serialization limits must be at least 1, got depth " + depthMax
                    + ", refs " + refsMax + ", bytes " + bytesMax + ", array " + arrayMax);
        }
    }

    /** For a ring, whose bytes come from other processes (SECURITY R1). */
    public static SerializationLimits ring(long bytesMax) {
        return new SerializationLimits(16, 10_000, bytesMax, bytesMax);
    }

    /**
     * Whether a value might pass the limits of depth or references, judged by what its writer knows: as deep as it has objects
     * and one deeper, and no more references than bytes.
     */
    boolean mightRefuse(long objects, long bytes) {
        return objects >= depthMax || bytes > refsMax;
    }

    /** The longest array that so many bytes may declare: an element takes one at least, and maps have room to spare. */
    long arrayMax(long bytes) {
        return Math.min(arrayMax, 2 * bytes);
    }
}
