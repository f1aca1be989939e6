package dev.hypercache.examples.roundtrip;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A ratio of two medians that the transport is held to.
 *
 * @param callers of the row
 * @param ours the wire above the line
 * @param theirs the wire below it
 * @param measure what is compared
 * @param bound what the ratio of times may be at most, or that of rates has to be at least
 */
record WireBar(String callers, String ours, String theirs, TripResults.Measure measure, double bound) {

    private static final List<WireBar> ALL = List.of(
            new WireBar("1", "undertow+tls", "floor", TripResults.Measure.MEDIAN_MICROS, 2.4),
            new WireBar("64", "undertow+tls", "netty+tls", TripResults.Measure.PER_SECOND, 1),
            new WireBar("1", "undertow+mac", "undertow", TripResults.Measure.MEDIAN_MICROS, 1.1));

    /** One line for each that there are figures of. */
    static String renderAll(TripResults results) {
        StringBuilder text = new StringBuilder();
        ALL.forEach(bar -> text.append(bar.render(results)));
        return text.toString();
    }

    private String render(TripResults results) {
        OptionalDouble above = results.median(ours, callers, measure);
        OptionalDouble below = results.median(theirs, callers, measure);
        if (above.isEmpty() || below.isEmpty()) {
            return "";
        }
        double ratio = above.getAsDouble() / below.getAsDouble();
        boolean isLimit = measure == TripResults.Measure.MEDIAN_MICROS;
        boolean isReached = isLimit ? ratio <= bound : ratio >= bound;
        return String.format(
                Locale.ROOT,
                "bar: %2s callers, %-10s %12s / %-9s %6.2f wanted %s %.1f: %s%n",
                callers,
                isLimit ? "p50" : "throughput",
                ours,
                theirs,
                ratio,
                isLimit ? "<=" : ">=",
                bound,
                isReached ? "reached" : "MISSED");
    }
}
