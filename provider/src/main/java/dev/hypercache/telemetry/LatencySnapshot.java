package dev.hypercache.telemetry;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution of latencies at one moment. All times are nanoseconds, exact to 1 %; all are 0 when the count is.
 *
 * @param count number of operations
 * @param min the shortest
 * @param max the longest
 * @param mean the arithmetic mean
 * @param percentiles the usual percentiles
 * @param buckets the non-empty buckets in ascending order; their counts sum up to {@code count}
 */
public record LatencySnapshot(
        long count, long min, long max, double mean, Percentiles percentiles, List<Bucket> buckets) {

    /** Times that 50, 95, 99 and 99.9 % of the operations did not exceed. */
    public record Percentiles(long p50, long p95, long p99, long p999) {}

    /** Number of operations that took up to a time and longer than the bucket before. */
    public record Bucket(long upToNanos, long count) {}

    public LatencySnapshot {
        buckets = List.copyOf(buckets);
    }

    public long p50() {
        return percentiles.p50();
    }

    public long p95() {
        return percentiles.p95();
    }

    public long p99() {
        return percentiles.p99();
    }

    public long p999() {
        return percentiles.p999();
    }

    static LatencySnapshot of(Histogram histogram) {
        long count = histogram.getTotalCount();
        if (count == 0) {
            return new LatencySnapshot(0, 0, 0, 0, new Percentiles(0, 0, 0, 0), List.of());
        }
        List<Bucket> buckets = new ArrayList<>();
        for (HistogramIterationValue value : histogram.recordedValues()) {
            buckets.add(new Bucket(value.getValueIteratedTo(), value.getCountAtValueIteratedTo()));
        }
        Percentiles percentiles = new Percentiles(
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9));
        return new LatencySnapshot(
                count, histogram.getMinValue(), histogram.getMaxValue(), histogram.getMean(), percentiles, buckets);
    }
}
