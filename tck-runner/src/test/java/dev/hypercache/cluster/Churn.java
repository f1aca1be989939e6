package dev.hypercache.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.cache.Cache;
import javax.cache.CacheException;

/**
 * Writes and removes without pause, each thread entries of its own, and knows of each what it has to be: so whatever is lost or comes
 * back while members come and go is found.
 */
final class Churn implements AutoCloseable {

    static final int THREADS = 4;

    /** An entry whose last operation ended without an answer: it may be what it was before or after. */
    private static final long UNKNOWN = -1;

    private static final int REMOVALS_OF_TEN = 3;

    private final Cache<String, String> cache;
    private final int keysOfThread;
    private final List<Thread> threads = new ArrayList<>();
    private final long[][] expected;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();

    /** @param keys how many entries, all of which are written first */
    Churn(Cache<String, String> cache, int keys) {
        this.cache = cache;
        this.keysOfThread = keys / THREADS;
        this.expected = new long[THREADS][keysOfThread];
        for (int thread = 0; thread < THREADS; thread++) {
            fill(thread);
        }
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            threads.add(new Thread(() -> work(thread), "churn-" + thread));
        }
        threads.forEach(Thread::start);
    }

    private void fill(int thread) {
        for (int from = 0; from < keysOfThread; from += 500) {
            Map<String, String> some = new HashMap<>();
            for (int key = from; key < Math.min(keysOfThread, from + 500); key++) {
                some.put(name(thread, key), "1");
            }
            cache.putAll(some);
        }
        Arrays.fill(expected[thread], 1);
    }

    private static String name(int thread, int key) {
        return "churn." + thread + "." + key;
    }

    private void work(int thread) {
        SplittableRandom dice = new SplittableRandom(thread);
        for (long number = 2; !stopped.get(); number++) {
            int key = dice.nextInt(keysOfThread);
            boolean removes = dice.nextInt(10) < REMOVALS_OF_TEN;
            long begunNanos = System.nanoTime();
            try {
                if (removes) {
                    cache.remove(name(thread, key));
                } else {
                    cache.put(name(thread, key), Long.toString(number));
                }
                expected[thread][key] = removes ? 0 : number;
            } catch (CacheException | IllegalStateException unknown) {
                expected[thread][key] = UNKNOWN;
                failures.incrementAndGet();
            }
            operations.incrementAndGet();
            longestNanos.accumulateAndGet(System.nanoTime() - begunNanos, Math::max);
        }
    }

    /** Operations, failures and the longest of them in milliseconds, since this was asked last. */
    String figures() {
        return operations.getAndSet(0) + " " + failures.getAndSet(0) + " " + longestNanos.getAndSet(0) / 1_000_000;
    }

    /** Ends the threads and tells how many entries are lost, and how many came back or are older than they have to be. */
    String verify() {
        close();
        int lost = 0;
        int wrong = 0;
        for (int thread = 0; thread < THREADS; thread++) {
            for (int key = 0; key < keysOfThread; key++) {
                long wanted = expected[thread][key];
                String found = wanted == UNKNOWN ? null : cache.get(name(thread, key));
                lost += wanted > 0 && found == null ? 1 : 0;
                wrong += wanted != UNKNOWN && found != null && !found.equals(Long.toString(wanted)) ? 1 : 0;
            }
        }
        return lost + " " + wrong;
    }

    @Override
    public void close() {
        stopped.set(true);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
