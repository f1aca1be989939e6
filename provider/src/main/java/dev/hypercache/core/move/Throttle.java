package dev.hypercache.core.move;

/**
 * Lets so many bytes pass in a second.
 *
 * <p>A token bucket that holds what one {@value #BURST_MILLIS} ms may take; a record that is larger than the bucket passes when
 * it is full, and is paid for by those behind it.
 */
final class Throttle {

    /** So long a pause may be made up for at once. */
    static final long BURST_MILLIS = 100;

    private static final long MILLIS = 1_000;

    private final long bytesPerSecond;
    private final long most;
    private long tokens;
    private long filledAtMillis;
    private boolean begun;
    private long refusedAtMillis = -1;
    private long throttledMillis;

    Throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        this.most = Math.max(1, bytesPerSecond / (MILLIS / BURST_MILLIS));
        this.tokens = most;
    }

    /** Whether something of that size may be sent now. */
    boolean take(long bytes, long nowMillis) {
        refill(nowMillis);
        boolean passes = tokens >= Math.min(bytes, most);
        if (passes) {
            tokens -= bytes;
            if (refusedAtMillis >= 0) {
                throttledMillis += nowMillis - refusedAtMillis;
                refusedAtMillis = -1;
            }
        } else if (refusedAtMillis < 0) {
            refusedAtMillis = nowMillis;
        }
        return passes;
    }

    private void refill(long nowMillis) {
        if (!begun) {
            begun = true;
            filledAtMillis = nowMillis;
        }
        long passed = Math.min(nowMillis - filledAtMillis, 10 * MILLIS);
        long earned = bytesPerSecond / MILLIS * passed + bytesPerSecond % MILLIS * passed / MILLIS;
        if (earned > 0) {
            tokens = Math.min(most, tokens + earned);
            filledAtMillis = nowMillis;
        }
    }

    /** How long somebody waited, in sum. */
    long throttledMillis() {
        return throttledMillis;
    }
}
