package dev.hypercache.examples.ring;

import dev.hypercache.examples.benchmarks.Spread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Collects figures and prints, for each row, one line a column. */
final class RingTable {

    private final List<Column> columns;
    private final Map<Row, Map<Column, List<Figures>>> samples = new LinkedHashMap<>();

    RingTable(List<Column> columns) {
        this.columns = columns;
    }

    void add(Row row, Column column, Figures figures) {
        samples.computeIfAbsent(row, unused -> new EnumMap<>(Column.class))
                .computeIfAbsent(column, unused -> new ArrayList<>())
                .add(figures);
    }

    String render() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-22s %-18s %-26s %-26s %-28s %-24s %s%n",
                "operation place threads",
                "",
                "p50 us",
                "p99 us",
                "operations/s",
                "CPU us/operation",
                "wrong"));
        samples.forEach((row, byColumn) -> columns.forEach(column -> {
            List<Figures> figures = byColumn.get(column);
            if (figures != null) {
                text.append(line(row, column, figures));
            }
        }));
        return text.toString();
    }

    private static String line(Row row, Column column, List<Figures> figures) {
        return String.format(
                Locale.ROOT,
                "%-22s  %-18s %-26s %-26s %-28s %-24s %d%n",
                row,
                column.label(),
                spread(figures, Figures::p50, 1),
                spread(figures, Figures::p99, 0),
                spread(figures, Figures::perSecond, 0),
                spread(figures, Figures::cpu, 1),
                figures.stream().mapToLong(Figures::wrong).sum());
    }

    private static String spread(List<Figures> figures, ToDoubleFunction<Figures> of, int digits) {
        Spread spread = Spread.of(figures.stream().mapToDouble(of).boxed().toList());
        String number = "%." + digits + "f";
        return String.format(
                Locale.ROOT, number + " (" + number + ".." + number + ")", spread.median(), spread.min(), spread.max());
    }
}
