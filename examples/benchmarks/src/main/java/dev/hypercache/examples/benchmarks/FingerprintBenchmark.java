package dev.hypercache.examples.benchmarks;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.Floor;
import dev.hypercache.core.replica.SlotPromise;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.storage.HeapEntryStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What the fingerprint of a slot adds to a write: a replica of a ring applies records beside one that keeps none.
 *
 * <p>Fails if the medians differ by more than {@value #MOST_NANOS} ns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter and calls the set-up before any benchmark.
public class FingerprintBenchmark {
    private static final double MOST_NANOS = 300;
    private static final List<String> METHODS = List.of("withFingerprint", "without");
    private static final long BALLOT = 1;

    /** How many records the slot holds. */
    @Param("10000")
    public int records;

    private KeyBytes[] keys;
    private SlotReplica with;
    private SlotReplica without;
    private long sequence;

    /** Fills both replicas. */
    @Setup
    public void fill() {
        keys = new KeyBytes[records];
        with = SlotReplica.oneOfMany(
                new HeapEntryStore<>(), new SlotPromise(), new Floor(), new FingerprintKey(0x5EED, 0xCAFE));
        without = SlotReplica.alone(new HeapEntryStore<>());
        for (int i = 0; i < records; i++) {
            keys[i] = KeyBytes.of(1, ByteBuffer.allocate(16).putInt(i).array());
            with.apply(BALLOT, keys[i], next());
            without.apply(BALLOT, keys[i], next());
        }
    }

    private StoredRecord next() {
        return StoredRecord.value("value", BALLOT, ++sequence, StoredRecord.NEVER);
    }

    private KeyBytes key() {
        return keys[(int) (sequence * 7_919 % records)];
    }

    /** As a replica of a ring does it. */
    @Benchmark
    public Object withFingerprint() {
        StoredRecord record = next();
        return with.apply(BALLOT, key(), record);
    }

    /** As an embedded node does it. */
    @Benchmark
    public Object without() {
        StoredRecord record = next();
        return without.apply(BALLOT, key(), record);
    }

    /** Runs both in turn, round by round, and prints medians and what lies between them. */
    public static void main(String[] args) throws RunnerException {
        Arguments arguments = Arguments.parse(args, Set.of("rounds", "time", "warmup", "records"));
        int rounds = arguments.number("rounds", 5);
        Fork fork = Fork.of(arguments);
        String records = arguments.get("records", "10000");
        Map<String, List<Double>> scores = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String method : METHODS) {
                double score = fork.measure(FingerprintBenchmark.class, method, 1, Map.of("records", records));
                scores.computeIfAbsent(method, key -> new ArrayList<>()).add(1e9 / score);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "Nanoseconds for a record, %s in the slot, %d rounds: median (min..max)%n",
                records,
                rounds);
        scores.forEach((method, values) -> {
            Spread spread = Spread.of(values);
            System.out.printf(
                    Locale.ROOT, "%-16s %.0f (%.0f..%.0f)%n", method, spread.median(), spread.min(), spread.max());
        });
        double added = Spread.of(scores.getOrDefault(METHODS.get(0), List.of())).median()
                - Spread.of(scores.getOrDefault(METHODS.get(1), List.of())).median();
        System.out.printf(Locale.ROOT, "the fingerprint adds %.0f ns, at most %.0f are allowed%n", added, MOST_NANOS);
        if (added > MOST_NANOS) {
            throw new IllegalStateException("a fingerprint adds " + added + " ns to a write");
        }
    }
}
