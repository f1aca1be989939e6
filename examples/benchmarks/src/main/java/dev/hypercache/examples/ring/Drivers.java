package dev.hypercache.examples.ring;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The process of each contender that measures. */
final class Drivers implements AutoCloseable {

    private static final int ATTEMPTS = 5;

    private final int members;
    private final int keys;
    private final long warmupMillis;
    private final Map<Contender, Pipe> pipes = new EnumMap<>(Contender.class);

    /**
     * @param members processes of a grid
     * @param keys entries
     * @param warmupMillis how long each operation is called before anything is measured
     */
    Drivers(int members, int keys, long warmupMillis) {
        this.warmupMillis = warmupMillis;
        this.members = members;
        this.keys = keys;
    }

    /** Starts those that the columns need. */
    Drivers start(List<Column> columns) throws IOException {
        Drivers started = new Drivers(members, keys, warmupMillis);
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

    /** Starts anew if the driver leads next to nothing, or all: then there is nothing to compare. */
    private Pipe start(Contender contender) throws IOException {
        String warmup = Long.toString(warmupMillis);
        List<String> words = List.of(contender.name(), Integer.toString(members), Integer.toString(keys), warmup);
        for (int i = 1; i <= ATTEMPTS; i++) {
            Pipe driver = contender.isGrid()
                    ? new Pipe(contender, Driver.class, words)
                    : new Pipe(contender, EchoDriver.class, List.of(contender.name(), warmup));
            String ready = driver.answer();
            System.out.println(contender + " is ready: " + ready);
            if (!ready.endsWith(Driver.UNUSABLE)) {
                return driver;
            }
            driver.close();
        }
        throw new IOException("No ring of " + contender + " came about on which the driver leads some keys.");
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
