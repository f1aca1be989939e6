package dev.hypercache.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheException;

/**
 * Writes and reads numbers without pause on a ring where nothing is to fail: each failure, and each number that is older than
 * the last acknowledged one, is reported.
 *
 * <p>A writer and a reader share keys of their own: the writer's numbers grow by one.
 */
final class SteadyLoad {

    static final int PAIRS = 2;
    static final int KEYS_OF_PAIR = 24;

    /** What a report of reads begins with; a number of them follows. */
    static final String READ = "read ";

    /** What a report of something that is wrong begins with. */
    static final String WRONG = "wrong ";

    private static final int READS_OF_REPORT = 100;

    private final Cache<String, String> cache;
    private final String prefix;
    private final Consumer<String> events;
    private final AtomicLongArray acknowledged = new AtomicLongArray(KEYS_OF_PAIR);

    private SteadyLoad(Cache<String, String> cache, String prefix, Consumer<String> events) {
        this.cache = cache;
        this.prefix = prefix;
        this.events = events;
    }

    /**
     * Starts the threads of a node.
     *
     * @param prefix what the keys of the node begin with
     */
    static Load start(Cache<String, String> cache, String prefix, Consumer<String> events) {
        List<Function<BooleanSupplier, Runnable>> threads = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            SteadyLoad load = new SteadyLoad(cache, prefix + "." + pair + ".", events);
            threads.add(enough -> () -> load.write(enough));
            threads.add(enough -> () -> load.read(enough));
        }
        return Load.start(threads, events);
    }

    private void write(BooleanSupplier enough) {
        for (long number = 1; !enough.getAsBoolean(); number++) {
            for (int index = 0; index < KEYS_OF_PAIR && !enough.getAsBoolean(); index++) {
                writeOne(index, number);
            }
        }
    }

    private void writeOne(int index, long number) {
        String key = prefix + index;
        long begunNanos = System.nanoTime();
        try {
            cache.put(key, Long.toString(number));
            acknowledged.set(index, number);
            events.accept(new Written(key, number, begunNanos, System.nanoTime()).line());
        } catch (CacheException | IllegalStateException e) {
            events.accept(WRONG + "put " + key + " " + oneLine(e));
        }
    }

    private void read(BooleanSupplier enough) {
        for (long reads = 1; !enough.getAsBoolean(); reads++) {
            readOne((int) (reads % KEYS_OF_PAIR));
            if (reads % READS_OF_REPORT == 0) {
                events.accept(READ + READS_OF_REPORT);
            }
        }
    }

    private void readOne(int index) {
        String key = prefix + index;
        long least = acknowledged.get(index);
        try {
            String found = cache.get(key);
            if ((found == null ? 0 : Long.parseLong(found)) < least) {
                events.accept(WRONG + "get " + key + " is " + found + " after " + least);
            }
        } catch (CacheException | IllegalStateException e) {
            events.accept(WRONG + "get " + key + " " + oneLine(e));
        }
    }

    private static String oneLine(Exception e) {
        return e.toString().replace('\n', ' ');
    }
}
