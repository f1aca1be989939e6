package dev.hypercache.examples.ring;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The process of each contender that measures. */
final class Drivers implements AutoCloseable {

    private final int members;
    private final int keys;
    private final List<Operation> operations;
    private final long warmupMillis;
    private final int attempts;
    private final Map<Contender, Pipe> pipes = new EnumMap<>(Contender.class);

    /**
     * @param members processes of a grid
     * @param keys entries
     * @param operations what is to be measured
     * @param warmupMillis how long each of them is called before anything is measured
     * @param attempts how many rings to start at most until one is fit to be measured
     */
    Drivers(int members, int keys, List<Operation> operations, long warmupMillis, int attempts) {
        this.attempts = attempts;
        this.warmupMillis = warmupMillis;
        this.members = members;
        this.keys = keys;
        this.operations = operations;
    }

    /** Starts those that the columns need. */
    Drivers start(List<Column> columns) throws IOException {
        Drivers started = new Drivers(members, keys, operations, warmupMillis, attempts);
        try {
            for (Column column : columns) {
                if (!started.pipes.containsKey(column.contender())) {
                    started.pipes.put(column.contender(), started.start(column.contender()));
                }
            }
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** Starts anew if a ring fails while it is young, or its members lead too unequally; the last one is taken as it is. */
    private Pipe start(Contender contender) throws IOException {
        for (int i = 1; i < attempts; i++) {
            Pipe driver = driver(contender);
            try {
                String ready = driver.answer();
                System.out.println(contender + ": " + ready);
                if (!ready.endsWith(Driver.UNEQUAL)) {
                    return driver;
                }
            } catch (IOException e) {
                System.out.println(contender + ": " + e.getMessage());
            }
            driver.close();
        }
        Pipe driver = driver(contender);
        System.out.println(contender + ": " + driver.answer());
        return driver;
    }

    private Pipe driver(Contender contender) throws IOException {
        String warmup = Long.toString(warmupMillis);
        if (!contender.isGrid()) {
            return new Pipe(contender, EchoDriver.class, List.of(contender.name(), warmup));
        }
        String names = operations.stream().map(Operation::name).collect(Collectors.joining(","));
        String entries = Integer.toString(keys);
        return new Pipe(
                contender, Driver.class, List.of(contender.name(), Integer.toString(members), entries, warmup, names));
    }

    String ask(Contender contender, String assignment) throws IOException {
        Pipe driver = pipes.get(contender);
        if (driver == null) {
            throw new IllegalArgumentException(contender + " was not started");
        }
        return driver.ask(assignment);
    }

    @Override
    public void close() {
        pipes.values().forEach(Pipe::close);
    }
}
