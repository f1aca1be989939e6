package dev.hypercache.examples.benchmarks;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One JCache operation on a present key of a cache of 100,000 entries, {@code String} to {@code byte[100]}.
 *
 * <p>Every benchmark writes the value that the key has anyway. So the cache is the same at each moment of the run, and
 * the compare-and-replace by reference always finds what it expects.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls the set-up before any benchmark.
public class CacheOperations {
    /** Enough that the entries do not fit the processor's first caches. */
    static final int KEY_COUNT = 100_000;

    private static final EntryProcessor<String, byte[], Integer> READ_AND_WRITE = new ReadAndWrite();

    /** The provider under test. */
    @Param
    public Provider provider;

    /** By value or by reference. */
    @Param
    public Storage storage;

    private CacheManager manager;
    private Cache<String, byte[]> cache;
    private Workload workload;

    /** A thread's place in the order of keys; threads start at different places. */
    @State(Scope.Thread)
    public static class Cursor {
        private int position = ThreadLocalRandom.current().nextInt();

        int next(int[] order) {
            return order[position++ & (order.length - 1)];
        }
    }

    /** Fills the cache; fails when the provider does not keep every entry. */
    @Setup
    public void fill() {
        workload = Workload.of(KEY_COUNT);
        manager = provider.openManager();
        cache = manager.createCache("operations", provider.unbounded(storage));
        for (int i = 0; i < KEY_COUNT; i++) {
            cache.put(workload.keys()[i], workload.values()[i]);
        }
        for (String key : workload.keys()) {
            if (!cache.containsKey(key)) {
                throw new IllegalStateException(provider + " lost " + key + ": its cache is bounded");
            }
        }
    }

    /** Closes the manager. */
    @TearDown
    public void close() {
        manager.close();
    }

    /** Returns the value of a present key. */
    @Benchmark
    public byte @Nullable [] get(Cursor cursor) {
        return cache.get(workload.keys()[cursor.next(workload.order())]);
    }

    /** Overwrites a present value. */
    @Benchmark
    public void put(Cursor cursor) {
        int i = cursor.next(workload.order());
        cache.put(workload.keys()[i], workload.values()[i]);
    }

    /** An entry processor that reads the value and sets another. */
    @Benchmark
    public Integer invoke(Cursor cursor) {
        int i = cursor.next(workload.order());
        return cache.invoke(workload.keys()[i], READ_AND_WRITE, (Object) workload.values()[i]);
    }

    /** Replaces a present value whatever it is. */
    @Benchmark
    public boolean replace(Cursor cursor) {
        int i = cursor.next(workload.order());
        return cache.replace(workload.keys()[i], workload.values()[i]);
    }

    /**
     * Replaces a present value if it equals the expected one. By reference it does. By value it depends on how a provider
     * compares arrays: {@link ProviderCheck} prints what each one answers.
     */
    @Benchmark
    public boolean replaceIfEqual(Cursor cursor) {
        int i = cursor.next(workload.order());
        return cache.replace(workload.keys()[i], workload.values()[i], workload.values()[i]);
    }

    private static final class ReadAndWrite implements EntryProcessor<String, byte[], Integer> {
        @Override
        public Integer process(MutableEntry<String, byte[]> entry, Object... arguments) {
            int length = entry.getValue().length;
            entry.setValue((byte[]) arguments[0]);
            return length;
        }
    }
}
