package dev.hypercache.examples.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;

/**
 * The member that calls: starts the others, fills the cache and measures what it is asked to. Arguments: grid, members, keys.
 * Each line of its input is a measurement: operation, view, place, threads, milliseconds to warm up and to measure.
 */
final class Driver {

    private final Grid grid;
    private final List<Pipe> others;
    private final Map<Place, Keys> keys = new EnumMap<>(Place.class);

    private Driver(Grid grid, List<Pipe> others) {
        this.grid = grid;
        this.others = others;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        GridKind kind = GridKind.valueOf(arguments[0]);
        Seat seat = Seat.first(Integer.parseInt(arguments[1]));
        List<Pipe> others = new ArrayList<>();
        for (int i = 1; i < seat.members(); i++) {
            List<String> words = List.of(kind.name(), seat.withNumber(i).text());
            others.add(new Pipe(kind, Member.class, words));
        }
        Driver driver = new Driver(kind.start(seat), others);
        driver.open();
        System.out.println(Pipe.ANSWER + driver.fill(Integer.parseInt(arguments[2])));
        driver.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        others.forEach(Pipe::close);
        System.exit(0);
    }

    private void open() throws IOException, InterruptedException {
        grid.awaitMembers();
        for (Pipe other : others) {
            other.answer();
        }
        grid.cache(View.PRIMARY);
        for (Pipe other : others) {
            other.ask("open");
        }
    }

    /** Tells how many keys are where. */
    private String fill(int count) {
        Keys all = Keys.numbered(count);
        Cache<String, byte[]> cache = grid.cache(View.PRIMARY);
        for (int i = 0; i < count; i++) {
            cache.put(all.key(i), all.value(i));
        }
        Map<Place, List<String>> byPlace = new EnumMap<>(Place.class);
        for (String key : all.all()) {
            byPlace.computeIfAbsent(grid.placeOf(key), unused -> new ArrayList<>())
                    .add(key);
        }
        StringBuilder text = new StringBuilder();
        byPlace.forEach((place, found) -> {
            keys.put(place, Keys.of(found));
            text.append(place).append('=').append(found.size()).append(' ');
        });
        keys.put(Place.ANY, Keys.of(Place.mix(byPlace, others.size() + 1)));
        return text.toString().strip();
    }

    private void serve(BufferedReader questions) throws IOException, InterruptedException {
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ");
            Operation operation = Operation.valueOf(words[0]);
            Keys chosen = keys.get(Place.valueOf(words[2]));
            if (chosen == null) {
                throw new IllegalArgumentException("no keys for " + line + ", only " + keys.keySet());
            }
            Load load = new Load(operation, grid.cache(View.valueOf(words[1])), chosen, this::cpuNanos);
            long[] numbers = Arrays.stream(words, 3, words.length)
                    .mapToLong(Long::parseLong)
                    .toArray();
            System.out.println(Pipe.ANSWER
                    + load.run((int) numbers[0], numbers[1], numbers[2]).text());
        }
    }

    private long cpuNanos() {
        return Pipe.cpuNanos(ProcessHandle.current())
                + others.stream()
                        .mapToLong(other -> Pipe.cpuNanos(other.handle()))
                        .sum();
    }
}
