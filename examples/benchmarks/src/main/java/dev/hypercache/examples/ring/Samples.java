package dev.hypercache.examples.ring;

import dev.hypercache.examples.benchmarks.Spread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What was measured: for each row and column the figures of each round. */
final class Samples {

    private final List<Column> columns;
    private final Map<Row, Map<Column, List<Figures>>> samples = new LinkedHashMap<>();

    Samples(List<Column> columns) {
        this.columns = columns;
    }

    void add(Row row, Column column, Figures figures) {
        samples.computeIfAbsent(row, unused -> new EnumMap<>(Column.class))
                .computeIfAbsent(column, unused -> new ArrayList<>())
                .add(figures);
    }

    Set<Row> rows() {
        return samples.keySet();
    }

    List<Column> columns() {
        return columns;
    }

    /** One of each round; empty if the column is not in that row. */
    List<Figures> of(Row row, Column column) {
        return samples.getOrDefault(row, Map.of()).getOrDefault(column, List.of());
    }

    /** All of a column. */
    List<Figures> of(Column column) {
        return rows().stream().flatMap(row -> of(row, column).stream()).toList();
    }

    static Spread spread(List<Figures> figures, ToDoubleFunction<Figures> measure) {
        return Spread.of(figures.stream().mapToDouble(measure).boxed().toList());
    }

    OptionalDouble median(Row row, Column column, ToDoubleFunction<Figures> measure) {
        List<Figures> figures = of(row, column);
        return figures.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(spread(figures, measure).median());
    }
}
