package dev.hypercache.examples.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.Cache;

/**
 * The process that calls, a member or a client: starts the others, fills the cache, answers with how many keys are where, and
 * measures the assignments that it reads. Arguments: grid, members, keys, milliseconds to warm each operation up, those operations.
 */
final class Driver {

    /**
     * The end of the first answer if the driver, or the first member if the driver is a client, leads so little, or so much, that
     * no keys stand for all members alike.
     */
    static final String UNEQUAL = "unequal";

    private static final int WARM_UP_THREADS = 4;

    private final Grid grid;
    private final int members;
    private final List<Pipe> others;
    private final Map<Place, Keys> keys = new EnumMap<>(Place.class);

    private Driver(Grid grid, int members, List<Pipe> others) {
        this.grid = grid;
        this.members = members;
        this.others = others;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Contender contender = Contender.valueOf(arguments[0]);
        Seat seat = Seat.first(Integer.parseInt(arguments[1]));
        List<Pipe> others = new ArrayList<>();
        for (int i = contender.isClient() ? 0 : 1; i < seat.members(); i++) {
            List<String> words = List.of(contender.name(), seat.withNumber(i).text());
            others.add(new Pipe(contender, Member.class, words));
        }
        Driver driver = new Driver(join(contender, seat, others), seat.members(), others);
        String places = driver.fill(Integer.parseInt(arguments[2]));
        List<Operation> operations =
                Stream.of(arguments[4].split(",")).map(Operation::valueOf).toList();
        driver.warmUp(operations, Long.parseLong(arguments[3]));
        System.out.println(Pipe.ANSWER + places);
        driver.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        others.forEach(Pipe::close);
        System.exit(0);
    }

    /** Members wait for each other; a client comes when they are there. */
    private static Grid join(Contender contender, Seat seat, List<Pipe> others)
            throws IOException, InterruptedException {
        if (contender.isClient()) {
            awaitAll(others);
            Grid grid = contender.connect(seat);
            grid.awaitMembers();
            return grid;
        }
        Grid grid = contender.start(seat);
        grid.awaitMembers();
        awaitAll(others);
        return grid;
    }

    private static void awaitAll(List<Pipe> others) throws IOException {
        for (Pipe other : others) {
            other.answer();
        }
    }

    private String fill(int count) {
        Keys all = Keys.numbered(count);
        for (View view : grid.views()) {
            Cache<String, byte[]> cache = grid.writable(view);
            for (int i = 0; i < count; i++) {
                cache.put(all.key(i), all.value(i));
            }
        }
        Map<Place, List<String>> byPlace = new EnumMap<>(Place.class);
        for (String key : all.all()) {
            byPlace.computeIfAbsent(grid.placeOf(key), unused -> new ArrayList<>())
                    .add(key);
        }
        StringBuilder text = new StringBuilder();
        byPlace.forEach((place, found) -> {
            keep(place, found);
            text.append(place).append('=').append(found.size()).append(' ');
        });
        if (members > Grid.COPIES && !byPlace.containsKey(Place.FAR)) {
            keep(Place.FAR, byPlace.getOrDefault(Place.ELSEWHERE, List.of())); // The grid does not tell the two apart.
        }
        keep(Place.ANY, Place.mix(byPlace, members));
        boolean isEqual = keys.containsKey(Place.ANY);
        keys.putIfAbsent(Place.ANY, all);
        return text + (isEqual ? "" : UNEQUAL);
    }

    private void keep(Place place, List<String> found) {
        if (found.size() >= Keys.FEWEST) {
            keys.put(place, Keys.of(found));
        }
    }

    /** What is measured first must not pay for the start. */
    private void warmUp(List<Operation> operations, long millis) throws InterruptedException {
        for (View view : grid.views()) {
            for (Operation operation : operations) {
                Keys any = keys.get(Place.ANY);
                if (any != null && view.has(operation)) {
                    load(operation, view, any).run(WARM_UP_THREADS, millis, 0);
                }
            }
        }
    }

    private Load load(Operation operation, View view, Keys chosen) {
        Cache<String, byte[]> cache = grid.cache(view);
        return new Load(choice -> operation.perform(cache, chosen, choice), this::cpuNanos, grid::redirects);
    }

    private void serve(BufferedReader questions) throws IOException, InterruptedException {
        Registers registers = new Registers(grid, others);
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            Assignment assignment = Assignment.parse(line);
            Keys chosen = keys.get(assignment.place());
            if (chosen == null) {
                System.out.println(Pipe.ANSWER);
                continue;
            }
            Load load = load(assignment.operation(), assignment.view(), chosen);
            registers.begin(assignment.view());
            Figures figures = load.run(assignment.threads(), assignment.warmupMillis(), assignment.measuredMillis());
            System.out.println(Pipe.ANSWER + figures.with(registers.end()).text());
        }
    }

    private long cpuNanos() {
        return Pipe.cpuNanos(ProcessHandle.current())
                + others.stream()
                        .mapToLong(other -> Pipe.cpuNanos(other.handle()))
                        .sum();
    }
}
