package dev.hypercache.telemetry;

import com.codahale.metrics.Snapshot;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** A copy of a latency histogram in the form that Dropwizard's reporters read. */
final class HdrSnapshot extends Snapshot {
    private static final int VALUES_MAX = 1_024;

    private final Histogram histogram;

    HdrSnapshot(Histogram histogram) {
        this.histogram = histogram;
    }

    @Override
    public double getValue(double quantile) {
        return histogram.getValueAtPercentile(quantile * 100);
    }

    /** Evenly spaced quantiles: the values themselves are only known as buckets. */
    @Override
    public long[] getValues() {
        int size = size();
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = histogram.getValueAtPercentile(100.0 * (i + 1) / size);
        }
        return values;
    }

    @Override
    public int size() {
        return (int) Math.min(VALUES_MAX, histogram.getTotalCount());
    }

    @Override
    public long getMax() {
        return histogram.getMaxValue();
    }

    @Override
    public double getMean() {
        return histogram.getMean();
    }

    @Override
    public long getMin() {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getMinValue();
    }

    @Override
    public double getStdDev() {
        return histogram.getStdDeviation();
    }

    @Override
    public void dump(OutputStream output) {
        PrintWriter writer = new PrintWriter(output, false, StandardCharsets.UTF_8);
        Arrays.stream(getValues()).forEach(writer::println);
        writer.flush();
    }
}
