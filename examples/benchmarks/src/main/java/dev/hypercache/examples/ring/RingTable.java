package dev.hypercache.examples.ring;

import dev.hypercache.examples.benchmarks.Spread;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Prints, for each row, one line a column: medians and spreads over the rounds, and the ratios to Hazelcast. */
final class RingTable {

    private static final String FORM = "%-22s %-18s %-24s %-24s %-26s %-22s %8s %8s %6s %s%n";

    private RingTable() {}

    static String render(Samples samples) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                FORM,
                "operation place threads",
                "",
                "p50 us",
                "p99 us",
                "operations/s",
                "CPU us/operation",
                "p50/Hz.",
                "rate/Hz.",
                "wrong",
                "reads of registers"));
        for (Row row : samples.rows()) {
            for (Column column : samples.columns()) {
                if (!samples.of(row, column).isEmpty()) {
                    text.append(line(samples, row, column));
                }
            }
        }
        samples.columns().stream()
                .filter(column -> column.contender().isGrid())
                .forEach(column -> text.append(String.format(
                        Locale.ROOT, "registers: %-18s %s%n", column.label(), registers(samples.of(column), column))));
        samples.columns().stream()
                .filter(Column::countsRedirects)
                .forEach(column -> text.append(String.format(
                        Locale.ROOT, "redirects: %-18s %s%n", column.label(), redirects(samples.of(column)))));
        return text.toString();
    }

    private static String line(Samples samples, Row row, Column column) {
        List<Figures> figures = samples.of(row, column);
        return String.format(
                Locale.ROOT,
                FORM,
                row,
                column.label(),
                text(figures, Figures::p50, 1),
                text(figures, Figures::p99, 0),
                text(figures, Figures::perSecond, 0),
                text(figures, Figures::cpu, 1),
                ratio(samples, row, column, Figures::p50),
                ratio(samples, row, column, Figures::perSecond),
                figures.stream().mapToLong(Figures::wrong).sum(),
                registers(figures, column));
    }

    private static String ratio(Samples samples, Row row, Column column, ToDoubleFunction<Figures> measure) {
        OptionalDouble own = samples.median(row, column, measure);
        OptionalDouble other = samples.median(row, Column.HAZELCAST, measure);
        return own.isEmpty() || other.isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.2f", own.getAsDouble() / other.getAsDouble());
    }

    private static String registers(List<Figures> figures, Column column) {
        if (!column.contender().isGrid()) {
            return "-";
        }
        long reads =
                figures.stream().mapToLong(each -> each.registers().reads()).sum();
        long wrong =
                figures.stream().mapToLong(each -> each.registers().wrong()).sum();
        return wrong + " of " + reads + " not linearizable"
                + (column.view() == View.NEAREST ? ", as nobody promises" : "");
    }

    private static String redirects(List<Figures> figures) {
        long redirects = figures.stream().mapToLong(Figures::redirects).sum();
        return redirects + " requests went to a member that had to refuse them, in " + figures.size() + " measurements";
    }

    private static String text(List<Figures> figures, ToDoubleFunction<Figures> measure, int digits) {
        Spread spread = Samples.spread(figures, measure);
        String number = "%." + digits + "f";
        return String.format(
                Locale.ROOT, number + " (" + number + ".." + number + ")", spread.median(), spread.min(), spread.max());
    }
}
