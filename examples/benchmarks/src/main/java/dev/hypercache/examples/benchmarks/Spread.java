package dev.hypercache.examples.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * What several measurements of one thing come to.
 *
 * @param median the middle one, or the mean of the middle two
 * @param min the smallest
 * @param max the largest
 */
public record Spread(double median, double min, double max) {
    public static Spread of(List<Double> measurements) {
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("No measurement: at least one is needed for a median; run more rounds.");
        }
        double[] sorted =
                measurements.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    static Spread of(double... measurements) {
        return of(Arrays.stream(measurements).boxed().toList());
    }
}
