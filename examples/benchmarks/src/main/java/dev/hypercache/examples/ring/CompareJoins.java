package dev.hypercache.examples.ring;

import dev.hypercache.examples.benchmarks.Arguments;
import dev.hypercache.examples.ring.Joiner.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Measures how long a process takes from its start until it keeps and leads its share of the entries of three others, on a ring of
 * each grid. Grids take turns, one ring at a time; who begins changes with the round.
 */
public final class CompareJoins {

    private static final Set<String> NAMES = Set.of("rounds", "keys", "grids");
    private static final int MEMBERS = 3;

    private final int rounds;
    private final int keys;
    private final List<Contender> grids;
    private final Map<Contender, List<Long>> millis = new EnumMap<>(Contender.class);

    private CompareJoins(Arguments arguments) {
        rounds = arguments.number("rounds", 5);
        keys = arguments.number("keys", 200_000);
        grids = arguments.list("grids", "HYPERCACHE,HAZELCAST,IGNITE", Contender::valueOf);
    }

    /** Prints the times after each round. */
    public static void main(String[] args) throws IOException {
        new CompareJoins(Arguments.parse(args, NAMES)).run();
    }

    private void run() throws IOException {
        Seat.issueProofs(MEMBERS + 1);
        for (int round = 0; round < rounds; round++) {
            List<Contender> turns = new ArrayList<>(grids);
            Collections.rotate(turns, round);
            for (Contender grid : turns) {
                millis.computeIfAbsent(grid, unused -> new ArrayList<>()).add(join(grid));
            }
            System.out.printf(Locale.ROOT, "After round %d of %d, %d entries%n", round + 1, rounds, keys);
            millis.forEach((grid, times) -> System.out.printf(
                    Locale.ROOT, "  %-12s joined within %6d ms (median of %s)%n", grid, median(times), times));
        }
    }

    private long join(Contender grid) throws IOException {
        Seat first = Seat.first(MEMBERS + 1);
        List<Pipe> members = new ArrayList<>();
        try {
            for (int i = 0; i < MEMBERS; i++) {
                Seat seat = first.withNumber(i).among(MEMBERS);
                members.add(start(grid, seat, i == 0 ? Task.FILL : Task.FOUND));
            }
            for (Pipe member : members) {
                member.answer();
            }
            long beganNanos = System.nanoTime();
            members.add(start(grid, first.withNumber(MEMBERS), Task.JOIN));
            members.get(MEMBERS).answer();
            return (System.nanoTime() - beganNanos) / 1_000_000;
        } finally {
            members.forEach(Pipe::close);
        }
    }

    private Pipe start(Contender grid, Seat seat, Task task) throws IOException {
        return new Pipe(grid, Joiner.class, List.of(grid.name(), seat.text(), task.name(), Integer.toString(keys)));
    }

    private static long median(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
