package dev.hypercache.examples.ring;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A member that answers once it is in the ring, or, as the first of them, once it has filled the cache too; one that joins later
 * answers once it has its share. Arguments: grid, seat, what it does ({@link Task}), keys. Ends with its standard input.
 */
final class Joiner {

    /** What it answers after. */
    enum Task {
        /** The members are there. */
        FOUND,
        /** The entries are, too. */
        FILL,
        /** It has its share of them. */
        JOIN
    }

    private static final int ENTRIES_OF_CALL = 500;

    private Joiner() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Grid grid = Contender.valueOf(arguments[0]).start(Seat.parse(arguments[1]));
        grid.awaitMembers();
        switch (Task.valueOf(arguments[2])) {
            case FOUND -> grid.cache(View.PRIMARY);
            case FILL -> fill(grid, Integer.parseInt(arguments[3]));
            case JOIN -> grid.awaitShare();
        }
        System.out.println(Pipe.ANSWER + "ready");
        while (System.in.read() >= 0) {
            continue; // Whoever started this process ends it.
        }
        System.exit(0);
    }

    private static void fill(Grid grid, int count) {
        Keys all = Keys.numbered(count);
        for (int from = 0; from < count; from += ENTRIES_OF_CALL) {
            Map<String, byte[]> some = new TreeMap<>();
            for (int i = from; i < Math.min(count, from + ENTRIES_OF_CALL); i++) {
                some.put(all.key(i), all.value(i));
            }
            grid.cache(View.PRIMARY).putAll(some);
        }
    }
}
