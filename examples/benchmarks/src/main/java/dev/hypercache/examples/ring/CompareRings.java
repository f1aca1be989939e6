package dev.hypercache.examples.ring;

import dev.hypercache.examples.benchmarks.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures one operation after the other on a ring of each grid and prints one table.
 *
 * <p>Each round starts new rings. Within a row the columns take turns, and who begins changes with the round: a machine that
 * becomes slower or faster meanwhile does so for all of them. The rings that wait for their turn are idle, not stopped.
 */
public final class CompareRings {

    private static final Set<String> NAMES = Set.of(
            "attempts",
            "rounds",
            "members",
            "keys",
            "warmup",
            "time",
            "threads",
            "operations",
            "places",
            "columns",
            "out");

    private final int rounds;
    private final int members;
    private final Drivers drivers;
    private final long warmupMillis;
    private final long measuredMillis;
    private final List<Column> columns;
    private final List<Row> rows;
    private final Path out;

    private CompareRings(Arguments arguments) {
        rounds = arguments.number("rounds", 5);
        warmupMillis = arguments.number("warmup", 5_000);
        members = arguments.number("members", 3);
        measuredMillis = arguments.number("time", 2_000);
        columns = arguments.list("columns", names(Column.ofMembers()), Column::valueOf);
        List<Operation> operations =
                arguments.list("operations", names(List.of(Operation.values())), Operation::valueOf);
        int keys = arguments.number("keys", 20_000);
        drivers = new Drivers(members, keys, operations, warmupMillis, arguments.number("attempts", 5));
        rows = rows(
                operations,
                arguments.list("places", "ANY,HERE,ELSEWHERE", Place::valueOf),
                arguments.list("threads", "1,4,16", Integer::valueOf));
        out = Path.of(arguments.get("out", "target/rings"));
    }

    /** Prints the progress and after each round the table; writes the same to files. */
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

    private static String names(List<? extends Enum<?>> constants) {
        return constants.stream().map(Enum::name).collect(Collectors.joining(","));
    }

    private void run() throws IOException {
        Seat.issueProofs(members);
        Samples samples = new Samples(columns);
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            measureRound(round, samples);
            System.out.printf(
                    Locale.ROOT,
                    "%nAfter round %d of %d (%.0f s)%n%s%s",
                    round + 1,
                    rounds,
                    (System.nanoTime() - start) / 1e9,
                    RingTable.render(samples),
                    Bar.renderAll(samples));
            System.out.println("written: " + RingFiles.write(out, samples)); // Even if the run is cut short.
        }
    }

    private void measureRound(int round, Samples samples) throws IOException {
        List<Column> turns = new ArrayList<>(columns);
        Collections.rotate(turns, round);
        try (Drivers running = drivers.start(turns)) {
            for (Row row : rows) {
                measure(
                        running,
                        row,
                        turns.stream().filter(column -> column.has(row)).toList(),
                        samples);
            }
        }
    }

    private void measure(Drivers running, Row row, List<Column> turns, Samples samples) throws IOException {
        for (Column column : turns) {
            measure(running, row, column, samples);
        }
    }

    private void measure(Drivers running, Row row, Column column, Samples samples) throws IOException {
        Assignment assignment = new Assignment(
                row.operation(), column.view(), row.place(), row.threads(), warmupMillis, measuredMillis);
        String answer = running.ask(column.contender(), assignment.text());
        if (!answer.isEmpty()) {
            samples.add(row, column, Figures.parse(answer));
        }
    }
}
