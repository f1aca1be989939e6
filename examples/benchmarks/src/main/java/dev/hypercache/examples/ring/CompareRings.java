package dev.hypercache.examples.ring;

import dev.hypercache.examples.benchmarks.Arguments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures one operation after the other on a ring of each grid and prints one table.
 *
 * <p>Each round starts new rings. Within a row the grids take turns, and who begins changes with the round: a machine that
 * becomes slower or faster meanwhile does so for all of them. The rings that wait for their turn are idle, not stopped.
 */
public final class CompareRings {

    private static final Set<String> NAMES =
            Set.of("rounds", "members", "keys", "warmup", "time", "threads", "operations", "places", "columns");

    private final int rounds;
    private final int members;
    private final int keys;
    private final String times;
    private final List<Column> columns;
    private final List<Row> rows;

    private CompareRings(Arguments arguments) {
        rounds = arguments.number("rounds", 5);
        members = arguments.number("members", 3);
        keys = arguments.number("keys", 20_000);
        times = arguments.number("warmup", 1_000) + " " + arguments.number("time", 1_000);
        columns = arguments.list("columns", names(Column.values()), Column::valueOf);
        rows = rows(
                arguments.list("operations", names(Operation.values()), Operation::valueOf),
                arguments.list("places", "ANY", Place::valueOf),
                arguments.list("threads", "1,4,16", Integer::valueOf));
    }

    /** Prints the progress, and after each round the table. */
    public static void main(String[] args) throws IOException {
        new CompareRings(Arguments.parse(args, NAMES)).run();
    }

    private static List<Row> rows(List<Operation> operations, List<Place> places, List<Integer> threads) {
        List<Row> rows = new ArrayList<>();
        for (Operation operation : operations) {
            for (Place place : places) {
                threads.forEach(count -> rows.add(new Row(operation, place, count)));
            }
        }
        return rows;
    }

    private static String names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(","));
    }

    private void run() throws IOException {
        RingTable table = new RingTable(columns);
        for (int round = 0; round < rounds; round++) {
            measureRound(round, table);
            System.out.printf(Locale.ROOT, "%nAfter round %d of %d%n%s", round + 1, rounds, table.render());
        }
    }

    private void measureRound(int round, RingTable table) throws IOException {
        List<Column> turns = new ArrayList<>(columns);
        Collections.rotate(turns, round);
        Map<GridKind, Pipe> drivers = new EnumMap<>(GridKind.class);
        try {
            for (Column column : turns) {
                if (!drivers.containsKey(column.grid())) {
                    drivers.put(column.grid(), driver(column.grid()));
                }
            }
            for (Row row : rows) {
                for (Column column : turns) {
                    Pipe driver = drivers.get(column.grid());
                    if (driver != null && column.view().has(row.operation())) {
                        table.add(row, column, measure(driver, row, column.view()));
                    }
                }
            }
        } finally {
            drivers.values().forEach(Pipe::close);
        }
    }

    private Pipe driver(GridKind kind) throws IOException {
        List<String> words = List.of(kind.name(), Integer.toString(members), Integer.toString(keys));
        Pipe driver = new Pipe(kind, Driver.class, words);
        System.out.println(kind.label() + ": keys by place " + driver.answer());
        return driver;
    }

    private Figures measure(Pipe driver, Row row, View view) throws IOException {
        return Figures.parse(
                driver.ask(row.operation() + " " + view + " " + row.place() + " " + row.threads() + " " + times));
    }
}
