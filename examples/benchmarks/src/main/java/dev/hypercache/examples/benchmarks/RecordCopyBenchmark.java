package dev.hypercache.examples.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
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
import org.openjdk.jmh.runner.RunnerException;

/** By-value get of a record, against the least that a copy by Java serialization costs: write it once, read it once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter and calls the set-up before any benchmark.
public class RecordCopyBenchmark {
    private static final List<String> METHODS = List.of("getByValue", "serializationRoundTrip", "deserializationOnly");

    /** The provider under test. */
    @Param("HYPERCACHE")
    public Provider provider;

    private CacheManager manager;
    private Cache<String, Order> cache;
    private Order order;
    private byte[] serialized;

    /** Fills the cache; fails when a get does not give a deep copy. */
    @Setup
    public void fill() throws IOException {
        order = Order.example();
        serialized = serialize(order);
        manager = provider.openManager();
        cache = manager.createCache("orders", provider.unbounded(Storage.VALUE));
        cache.put("key", order);
        Order copy = cache.get("key");
        if (copy == null || !copy.equals(order) || copy.articles() == order.articles()) {
            throw new IllegalStateException(provider + " gave no deep copy of the record but " + copy);
        }
    }

    /** Closes the manager. */
    @TearDown
    public void close() {
        manager.close();
    }

    /** The cache's way. */
    @Benchmark
    public @Nullable Order getByValue() {
        return cache.get("key");
    }

    /** A copy by writing and reading. */
    @Benchmark
    public Object serializationRoundTrip() throws IOException, ClassNotFoundException {
        return deserialize(serialize(order));
    }

    /** What a cache that keeps serialized bytes cannot go below. */
    @Benchmark
    public Object deserializationOnly() throws IOException, ClassNotFoundException {
        return deserialize(serialized);
    }

    private static byte[] serialize(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object deserialize(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    /** Runs the methods in turn, round by round, and prints medians, spreads and ratios. */
    public static void main(String[] args) throws RunnerException {
        Arguments arguments = Arguments.parse(args, Set.of("rounds", "time", "warmup", "provider"));
        int rounds = arguments.number("rounds", 5);
        Fork fork = Fork.of(arguments);
        Provider provider = Provider.valueOf(arguments.get("provider", "HYPERCACHE"));
        Map<String, List<Double>> scores = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String method : METHODS) {
                double score = fork.measure(RecordCopyBenchmark.class, method, 1, Map.of("provider", provider.name()));
                scores.computeIfAbsent(method, key -> new ArrayList<>()).add(score);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "Thousand copies of a record per second, %s, %d rounds: median (min..max)%n",
                provider.label(),
                rounds);
        double ours = Spread.of(scores.getOrDefault("getByValue", List.of())).median();
        scores.forEach((method, values) -> {
            Spread spread = Spread.of(values);
            System.out.printf(
                    Locale.ROOT,
                    "%-23s %.0f (%.0f..%.0f), getByValue is %.2f times as fast%n",
                    method,
                    spread.median() / 1e3,
                    spread.min() / 1e3,
                    spread.max() / 1e3,
                    ours / spread.median());
        });
    }
}
