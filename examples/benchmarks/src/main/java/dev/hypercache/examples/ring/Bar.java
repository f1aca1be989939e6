package dev.hypercache.examples.ring;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A ratio of two medians that the product is held to.
 *
 * @param operation of the row
 * @param threads of the row; its keys are anywhere
 * @param ours the column above the line
 * @param theirs the column below it
 * @param name what is compared
 * @param measure how it is got
 * @param isLimit whether more is worse
 * @param bound what the ratio may be at most, or has to be at least
 */
record Bar(
        Operation operation,
        int threads,
        Column ours,
        Column theirs,
        String name,
        ToDoubleFunction<Figures> measure,
        boolean isLimit,
        double bound) {

    private static final List<Bar> ALL = List.of(
            p50(Operation.PUT, Column.QUORUM, Column.HAZELCAST, 0.4),
            new Bar(Operation.PUT, 16, Column.QUORUM, Column.HAZELCAST, "throughput", Figures::perSecond, false, 2),
            p50(Operation.GET, Column.QUORUM, Column.HAZELCAST, 0.6),
            p50(Operation.GET, Column.ONE, Column.IGNITE_BACKUP, 1),
            p50(Operation.REPLACE, Column.QUORUM, Column.HAZELCAST, 1),
            p50(Operation.INVOKE, Column.QUORUM, Column.HAZELCAST, 1),
            p50(Operation.GET_ALL, Column.QUORUM, Column.HAZELCAST, 0.5),
            p50(Operation.PUT_ALL, Column.QUORUM, Column.HAZELCAST, 0.5),
            p50(Operation.PUT, Column.QUORUM_TLS, Column.HAZELCAST, 0.5),
            p50(Operation.PUT, Column.QUORUM_HMAC, Column.QUORUM, 1.1),
            p50(Operation.GET, Column.QUORUM_HMAC, Column.QUORUM, 1.1),
            p50(Operation.GET, Column.CLIENT, Column.PROXIED, 0.85),
            p50(Operation.PUT, Column.CLIENT, Column.PROXIED, 0.85),
            p50(Operation.GET, Column.CLIENT, Column.HAZELCAST_CLIENT, 0.5),
            p50(Operation.PUT, Column.CLIENT, Column.HAZELCAST_CLIENT, 0.5),
            p95(Operation.PUT, Column.ECHO, 3),
            p95(Operation.GET, Column.ECHO, 2),
            p95(Operation.PUT, Column.ECHO_JDK, 3),
            p95(Operation.GET, Column.ECHO_JDK, 2));

    private static Bar p50(Operation operation, Column ours, Column theirs, double bound) {
        return new Bar(operation, 1, ours, theirs, "p50", Figures::p50, true, bound);
    }

    private static Bar p95(Operation operation, Column theirs, double bound) {
        return new Bar(operation, 1, Column.QUORUM, theirs, "p95", Figures::p95, true, bound);
    }

    /** Where callers wait for the processors most of the time; nothing is asked of it. */
    private static Bar crowded(Operation operation, Column theirs) {
        return new Bar(operation, 16, Column.CLIENT, theirs, "p50", Figures::p50, true, Double.POSITIVE_INFINITY);
    }

    /** One line for each that there are figures of. */
    static String renderAll(Samples samples) {
        StringBuilder text = new StringBuilder();
        ALL.forEach(bar -> text.append(bar.render(samples)));
        for (Operation operation : List.of(Operation.PUT, Operation.GET)) {
            Bar toSocket = p95(operation, Column.SOCKET, Double.POSITIVE_INFINITY);
            text.append(toSocket.render(samples));
            text.append(crowded(operation, Column.PROXIED).render(samples));
            text.append(crowded(operation, Column.HAZELCAST_CLIENT).render(samples));
        }
        return text.toString();
    }

    private String render(Samples samples) {
        Row row = new Row(operation, Place.ANY, threads);
        OptionalDouble above = samples.median(row, ours, measure);
        OptionalDouble below = samples.median(row, theirs, measure);
        if (above.isEmpty() || below.isEmpty()) {
            return "";
        }
        double ratio = above.getAsDouble() / below.getAsDouble();
        String what = String.format(
                Locale.ROOT, "%-7s %2d threads, %-10s %s / %s", operation, threads, name, ours.label(), theirs.label());
        return String.format(Locale.ROOT, "bar: %-66s %6.2f %s%n", what, ratio, verdict(ratio));
    }

    private String verdict(double ratio) {
        if (Double.isInfinite(bound)) {
            return "(no bar)";
        }
        boolean isReached = isLimit ? ratio <= bound : ratio >= bound;
        return String.format(
                Locale.ROOT, "wanted %s %s: %s", isLimit ? "<=" : ">=", bound, isReached ? "reached" : "MISSED");
    }
}
