package dev.hypercache.examples.roundtrip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured: a row of figures for each round of a wire with so many callers. */
final class TripResults {

    /** A figure of a round, in the order in which {@link RoundTripClient} prints them. */
    enum Measure {
        /** Round trips each second. */
        PER_SECOND,
        /** Their median in microseconds. */
        MEDIAN_MICROS
    }

    /** One entry for each wire and number of callers, one row for each round. */
    private final Map<String, List<double[]>> results = new HashMap<>();

    void add(String wire, String callers, double[] figures) {
        results.computeIfAbsent(key(wire, callers), unused -> new ArrayList<>()).add(figures);
    }

    /** Over the rounds; empty if nothing was measured. */
    OptionalDouble median(String wire, String callers, Measure measure) {
        double[] sorted = results.getOrDefault(key(wire, callers), List.of()).stream()
                .mapToDouble(figures -> figures[measure.ordinal()])
                .toArray();
        Arrays.sort(sorted);
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[sorted.length / 2]);
    }

    private static String key(String wire, String callers) {
        return wire + " " + callers;
    }
}
