package dev.hypercache.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheException;

/**
 * Writes numbers without pause, each thread to keys of its own: a key's numbers grow by one. Each acknowledgement is reported
 * at once, so that it counts even if the process dies right after.
 */
final class WriteLoad implements Runnable {

    static final int THREADS = 4;
    static final int KEYS_OF_THREAD = 48;

    private final Cache<String, String> cache;
    private final String prefix;
    private final BooleanSupplier enough;
    private final Consumer<String> events;

    private WriteLoad(Cache<String, String> cache, String prefix, BooleanSupplier enough, Consumer<String> events) {
        this.cache = cache;
        this.prefix = prefix;
        this.enough = enough;
        this.events = events;
    }

    /**
     * Starts the threads of a node.
     *
     * @param prefix what the keys of the node begin with
     */
    static Load start(Cache<String, String> cache, String prefix, Consumer<String> events) {
        List<Function<BooleanSupplier, Runnable>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            String keys = prefix + "." + i + ".";
            threads.add(enough -> new WriteLoad(cache, keys, enough, events));
        }
        return Load.start(threads, events);
    }

    @Override
    public void run() {
        for (long number = 1; !enough.getAsBoolean(); number++) {
            for (int index = 0; index < KEYS_OF_THREAD && !enough.getAsBoolean(); index++) {
                write(prefix + index, number);
            }
        }
    }

    private void write(String key, long number) {
        long begunNanos = System.nanoTime();
        try {
            cache.put(key, Long.toString(number));
            events.accept(new Written(key, number, begunNanos, System.nanoTime()).line());
        } catch (CacheException | IllegalStateException unknown) {
            // Whether the number is there, nobody knows: it is as good as what was there before.
        }
    }
}
