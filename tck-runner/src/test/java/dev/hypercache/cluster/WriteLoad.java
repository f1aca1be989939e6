package dev.hypercache.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;

/**
 * Threads that write numbers without pause until they are ended, each to keys of its own: a key's numbers grow by one. Each
 * acknowledgement is reported at once, so that it counts even if the process dies right after.
 */
final class WriteLoad implements AutoCloseable {

    static final int THREADS = 4;
    static final int KEYS_OF_THREAD = 48;

    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final Cache<String, String> cache;
    private final Consumer<String> events;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /** @param prefix what the keys of this load begin with */
    WriteLoad(Cache<String, String> cache, String prefix, Consumer<String> events) {
        this.cache = cache;
        this.events = events;
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> run(prefix, number), "load " + prefix + "." + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** The key of a load, also for who reads it. */
    static String key(String prefix, int thread, int index) {
        return prefix + "." + thread + "." + index;
    }

    private void run(String prefix, int thread) {
        for (long number = 1; !ended; number++) {
            for (int index = 0; index < KEYS_OF_THREAD && !ended; index++) {
                write(key(prefix, thread, index), number);
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

    @Override
    public void close() {
        ended = true;
        try {
            for (Thread thread : threads) {
                thread.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
