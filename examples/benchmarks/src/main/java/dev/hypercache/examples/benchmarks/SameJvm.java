package dev.hypercache.examples.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;

/**
 * Prints how the providers compare when they take turns in one JVM, every fifth of a second.
 *
 * <p>A machine that is busy with something else is so for all of them, and they share one heap: a provider whose entries
 * nobody else makes the collector move has no advantage here. {@link CompareProviders} gives each a JVM of its own.
 */
public final class SameJvm {
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int BATCH = 128;
    private static final int ROUNDS_OF_WARMUP = 10;

    private static final EntryProcessor<String, byte[], Integer> READ_AND_WRITE = (entry, arguments) -> {
        int length = entry.getValue().length;
        entry.setValue((byte[]) arguments[0]);
        return length;
    };

    private final Workload workload = Workload.of(CacheOperations.KEY_COUNT);
    private final Map<Provider, Cache<String, byte[]>> caches = new EnumMap<>(Provider.class);
    private final Row row;

    private SameJvm(Row row, List<Provider> providers) {
        this.row = row;
        String name = row.operation() + "." + row.storage() + "." + row.threads();
        for (Provider provider : providers) {
            Cache<String, byte[]> cache = provider.openManager().createCache(name, provider.unbounded(row.storage()));
            for (int i = 0; i < CacheOperations.KEY_COUNT; i++) {
                cache.put(workload.keys()[i], workload.values()[i]);
            }
            caches.put(provider, cache);
        }
    }

    /** Measures one row after the other. */
    public static void main(String[] args) throws InterruptedException {
        Arguments arguments = Arguments.parse(args, Set.of("rounds", "operations", "storage", "threads", "providers"));
        List<Provider> providers = arguments.list("providers", "HYPERCACHE,CAFFEINE,CACHE2K", Provider::valueOf);
        System.out.println("Median (min..max) of HyperCache's throughput to each other provider's, turn by turn");
        for (String operation : arguments.list("operations", "get,put,invoke,replace", name -> name)) {
            for (Storage storage : arguments.list("storage", "VALUE,REFERENCE", Storage::valueOf)) {
                for (int threads : arguments.list("threads", "1,4", Integer::valueOf)) {
                    Row row = new Row(operation, storage, threads);
                    new SameJvm(row, providers).print(arguments.number("rounds", 30));
                }
            }
        }
        System.exit(0); // Some providers leave threads behind that keep a JVM alive.
    }

    private void print(int rounds) throws InterruptedException {
        Map<Provider, List<Double>> ratios = new EnumMap<>(Provider.class);
        for (int round = -ROUNDS_OF_WARMUP; round < rounds; round++) {
            Map<Provider, Double> measured = turns();
            double ours = Objects.requireNonNull(measured.remove(Provider.HYPERCACHE), "HYPERCACHE takes part always");
            if (round >= 0) {
                measured.forEach((provider, theirs) -> ratios.computeIfAbsent(provider, key -> new ArrayList<>())
                        .add(ours / theirs));
            }
        }
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%-8s %-9s %d", row.operation(), row.storage(), row.threads()));
        ratios.forEach((provider, measured) -> {
            Spread spread = Spread.of(measured);
            line.append(String.format(
                    Locale.ROOT,
                    "   %s %.2f (%.2f..%.2f)",
                    provider.label(),
                    spread.median(),
                    spread.min(),
                    spread.max()));
        });
        System.out.println(line);
        caches.values().forEach(Cache::close);
    }

    private Map<Provider, Double> turns() throws InterruptedException {
        Map<Provider, Double> measured = new EnumMap<>(Provider.class);
        for (Map.Entry<Provider, Cache<String, byte[]>> one : caches.entrySet()) {
            measured.put(one.getKey(), turn(one.getValue()));
        }
        return measured;
    }

    /** Operations per second of all threads in one turn. */
    private double turn(Cache<String, byte[]> cache) throws InterruptedException {
        long end = System.nanoTime() + TURN_NANOS;
        long[] counts = new long[row.threads()];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            int index = i;
            Thread thread = new Thread(() -> counts[index] = operate(cache, end));
            threads.add(thread);
            thread.start();
        }
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            threads.get(i).join();
            sum += counts[i];
        }
        return sum / (TURN_NANOS / 1e9);
    }

    private long operate(Cache<String, byte[]> cache, long end) {
        int position = ThreadLocalRandom.current().nextInt();
        long count = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < BATCH; i++) {
                int at = workload.order()[position++ & (workload.order().length - 1)];
                operate(cache, workload.keys()[at], workload.values()[at]);
            }
            count += BATCH;
        }
        return count;
    }

    private void operate(Cache<String, byte[]> cache, String key, byte[] value) {
        switch (row.operation()) {
            case "get" -> {
                if (cache.get(key) == null) {
                    throw new IllegalStateException(cache + " lost " + key);
                }
            }
            case "put" -> cache.put(key, value);
            case "invoke" -> cache.invoke(key, READ_AND_WRITE, (Object) value);
            case "replace" -> cache.replace(key, value);
            default ->
                throw new IllegalArgumentException("There is no operation " + row.operation()
                        + " in this comparison; use get, put, invoke or replace");
        }
    }
}
