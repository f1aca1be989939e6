package dev.hypercache.transport.fault;

import java.time.Duration;
import java.util.Objects;

/**
 * How long messages take: at least {@code least}, on average about {@code mean}, a few much longer, none longer than
 * {@code most}.
 *
 * <p>What exceeds {@code least} is distributed exponentially, as queues in a network behave, and cut off at {@code most};
 * the cut brings the real average a little below {@code mean}.
 *
 * @param least the shortest delay, 0 or more
 * @param mean the average before the cut, {@code least} or more
 * @param most the longest delay, {@code mean} to one hour
 */
public record Delay(Duration least, Duration mean, Duration most) {

    private static final Duration LONGEST = Duration.ofHours(1);

    /** No delay. */
    public static final Delay NONE = new Delay(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /**
     * Checks the order of the three.
     *
     * @throws IllegalArgumentException if they are out of order or range
     */
    public Delay {
        Objects.requireNonNull(least, "least");
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(most, "most");
        if (least.isNegative()
                || mean.compareTo(least) < 0
                || most.compareTo(mean) < 0
                || most.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Delay of at least " + least + ", on average " + mean + ", at most "
                    + most + ": they rise from 0 to " + LONGEST + " in this order.");
        }
    }

    /**
     * A delay that never varies.
     *
     * @param delay how long every message takes, 0 to one hour
     * @return the delay
     */
    public static Delay of(Duration delay) {
        return new Delay(delay, delay, delay);
    }

    /** Maps a number that is evenly distributed between 0 and 1 to a delay. */
    long nanos(double chance) {
        long leastNanos = least.toNanos();
        double beyond = -Math.log1p(-chance) * (mean.toNanos() - leastNanos);
        return Math.min(most.toNanos(), leastNanos + (long) beyond);
    }
}
