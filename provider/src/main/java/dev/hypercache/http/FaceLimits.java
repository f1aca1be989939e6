package dev.hypercache.http;

/**
 * What the face takes in at once.
 *
 * @param threads how many requests are performed at a time, 1 or more
 * @param requestsMax how many are under way, waiting ones included, {@code threads} or more
 * @param bodyBytesMax the largest body in bytes, 1 or more
 * @param bytesMax declared bytes of all bodies under way, {@code bodyBytesMax} or more
 * @param keysMax idempotency keys that are remembered, 1 or more
 * @param windowMillis how long one is remembered after its answer, in milliseconds, 1 or more
 */
public record FaceLimits(
        int threads, int requestsMax, int bodyBytesMax, long bytesMax, int keysMax, long windowMillis) {

    /** Checks the ranges. */
    public FaceLimits {
        require("threads", threads, 1);
        require("requestsMax", requestsMax, threads);
        require("bodyBytesMax", bodyBytesMax, 1);
        require("bytesMax", bytesMax, bodyBytesMax);
        require("keysMax", keysMax, 1);
        require("windowMillis", windowMillis, 1);
    }

    /**
     * Those of a node: 16 threads, 512 requests, bodies of 1 MiB and 64 MiB in all, 20,000 idempotency keys.
     *
     * @param windowMillis how long a key is remembered, in milliseconds; the longest that an operation takes, or more
     * @return the limits
     */
    public static FaceLimits of(long windowMillis) {
        return new FaceLimits(16, 512, 1 << 20, 64L << 20, 20_000, windowMillis);
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + least + " or more");
        }
    }
}
