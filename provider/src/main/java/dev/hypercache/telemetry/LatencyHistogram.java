package dev.hypercache.telemetry;

import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of one operation's latencies since the cache was opened; nothing is sampled or forgotten.
 *
 * <p>Thread-safe. One array of atomic counters, exact to 1 % from 16 ns to one hour, 33 KB from the first record on.
 * HdrHistogram's {@code Recorder} would keep three such arrays and cost twice as much for each record, to cut time into
 * intervals that a cumulative histogram does not have (docs/adr/0004).
 */
public final class LatencyHistogram {
    /** Longer latencies count as this one. */
    static final long NANOS_MAX = 3_600_000_000_000L;

    private static final long NANOS_RESOLUTION = 16;
    private static final int DIGITS = 2;
    private static final LatencyHistogram OFF = new LatencyHistogram(false);

    private final boolean on;
    private volatile @Nullable AtomicHistogram histogram;

    LatencyHistogram(boolean on) {
        this.on = on;
    }

    static LatencyHistogram off() {
        return OFF;
    }

    /** Whether records are kept; when not, the caller saves the two reads of the clock. */
    public boolean isOn() {
        return on;
    }

    /** Counts one operation. A negative time, which some clocks give, counts as 0. */
    public void record(long nanos) {
        if (on) {
            AtomicHistogram target = histogram;
            (target != null ? target : create()).recordValue(Math.min(Math.max(nanos, 0), NANOS_MAX));
        }
    }

    /** All that was recorded until now; its buckets sum up to its count also while others record. */
    public LatencySnapshot snapshot() {
        return LatencySnapshot.of(copy());
    }

    /** Number of operations recorded. */
    public long count() {
        AtomicHistogram source = histogram;
        return source == null ? 0 : source.getTotalCount();
    }

    /** Forgets everything, as clearing statistics does; records of the same moment may be lost or kept. */
    public void reset() {
        AtomicHistogram target = histogram;
        if (target != null) {
            target.reset();
        }
    }

    /** A consistent copy: adding reads each counter once and sums up what it read. */
    Histogram copy() {
        Histogram copy = new Histogram(NANOS_RESOLUTION, NANOS_MAX, DIGITS);
        AtomicHistogram source = histogram;
        if (source != null) {
            copy.add(source);
        }
        return copy;
    }

    private synchronized AtomicHistogram create() {
        AtomicHistogram created = histogram;
        if (created == null) {
            created = new AtomicHistogram(NANOS_RESOLUTION, NANOS_MAX, DIGITS);
            histogram = created;
        }
        return created;
    }
}
