package dev.hypercache.jcache;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.jcache.manage.Operation;
import dev.hypercache.jcache.through.ReadThrough;
import dev.hypercache.jcache.through.WriteThrough;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.KeyCursor;
import dev.hypercache.runtime.call.RingClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * The operations on many keys: all arguments are checked before anything happens, then each key is an operation of its
 * own.
 *
 * <p>With a writer, keys that are free are held, handed to the writer in one batch and applied; keys that somebody else
 * holds go one by one afterwards, for nobody waits for a hold while holding one.
 */
final class BulkOperations<K, V> {

    private final RingClient client;
    private final Values<K, V> values;
    private final OperationPipeline<K, V> pipeline;
    private final Mutation<K, V> mutation;
    private final CacheStatistics statistics;
    private final CacheParts<K, V> parts;

    BulkOperations(CacheContext<K, V> context, CacheParts<K, V> parts, OperationPipeline<K, V> pipeline) {
        this.client = context.client();
        this.values = context.values();
        this.pipeline = pipeline;
        this.mutation = new Mutation<>(context, parts.writeThrough());
        this.statistics = parts.statistics();
        this.parts = parts;
    }

    /** A copy of the caller's keys, checked. */
    List<K> checked(Set<? extends K> keys) {
        Objects.requireNonNull(keys, "keys is null; pass the set of keys");
        List<K> copy = new ArrayList<>(keys.size());
        for (K key : keys) {
            copy.add(values.checkKey(key));
        }
        return copy;
    }

    Map<K, V> getAll(Set<? extends K> wanted) {
        List<K> keys = checked(wanted);
        Map<K, V> found = new HashMap<>(2 * keys.size());
        List<K> missing = new ArrayList<>();
        if (pipeline.isTogether()) {
            getTogether(keys, found, missing);
        } else {
            getEach(keys, found, missing);
        }
        ReadThrough<K, V> readThrough = parts.readThrough();
        if (readThrough != null && !missing.isEmpty()) {
            found.putAll(load(readThrough, missing));
        }
        parts.events().await();
        return found;
    }

    private void getEach(List<K> keys, Map<K, V> found, List<K> missing) {
        for (K key : keys) {
            long started = statistics.start();
            sort(key, values.value(pipeline.readEntry(pipeline.lookup(key))), started, found, missing);
        }
    }

    private void getTogether(List<K> keys, Map<K, V> found, List<K> missing) {
        long begun = statistics.start();
        List<Object> lookups = new ArrayList<>(keys.size());
        for (K key : keys) {
            lookups.add(pipeline.lookup(key));
        }
        Iterator<@Nullable StoredRecord> records =
                pipeline.readTogether(lookups).iterator();
        for (K key : keys) {
            long started = begun == 0 ? 0 : share(begun, keys.size());
            sort(key, values.value(records.next()), started, found, missing);
        }
    }

    private void sort(K key, @Nullable V value, long started, Map<K, V> found, List<K> missing) {
        statistics.record(Operation.GET, value != null, Change.NONE, started);
        if (value == null) {
            missing.add(key);
        } else {
            found.put(key, value);
        }
    }

    private Map<K, V> load(ReadThrough<K, V> readThrough, List<K> missing) {
        try {
            return readThrough.loadAll(missing, false);
        } catch (RuntimeException | Error e) {
            parts.events().settle();
            throw e;
        }
    }

    void putAll(Map<? extends K, ? extends V> given) {
        applyAll(Operation.PUT, puts(given));
    }

    /** The operations that put entries. */
    List<EntryOp> puts(Map<? extends K, ? extends V> given) {
        Objects.requireNonNull(given, "map is null; pass the entries to put");
        Map<Object, Object> handles = new LinkedHashMap<>();
        for (Map.Entry<? extends K, ? extends V> entry : given.entrySet()) {
            handles.put(values.keyHandle(entry.getKey()), values.valueHandle(entry.getValue()));
        }
        List<EntryOp> puts = new ArrayList<>(handles.size());
        for (Map.Entry<Object, Object> entry : handles.entrySet()) {
            puts.add(new Put(entry.getKey(), entry.getValue(), pipeline.rule()));
        }
        return puts;
    }

    void removeAll(Set<? extends K> keys) {
        applyAll(Operation.REMOVE, removals(keys));
    }

    /** The operations that remove keys of the application's. */
    List<EntryOp> removals(Set<? extends K> keys) {
        Set<Object> lookups = new LinkedHashSet<>();
        for (K key : checked(keys)) {
            lookups.add(values.lookup(key));
        }
        return removalsOf(lookups);
    }

    void removeAll() {
        // A load or processor under way may bring what this removes; it is not there yet to be removed.
        Set<Object> present = new LinkedHashSet<>();
        for (KeyCursor entries = client.scanAndBreakHolds(); entries.advance(); ) {
            present.add(entries.key());
        }
        applyAll(Operation.REMOVE, removalsOf(present));
    }

    <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        Map<K, EntryProcessorResult<T>> results = new HashMap<>();
        for (K key : checked(keys)) {
            InvokeResult<T> result = InvokeResult.of(() -> pipeline.invoke(key, processor, arguments));
            if (result != null) {
                results.put(key, result);
            }
        }
        return results;
    }

    private static List<EntryOp> removalsOf(Set<?> keys) {
        List<EntryOp> removals = new ArrayList<>(keys.size());
        for (Object key : keys) {
            removals.add(new Remove(key));
        }
        return removals;
    }

    void applyAll(Operation operation, List<EntryOp> ops) {
        WriteThrough<K, V> writer = parts.writeThrough();
        List<EntryOp> single = writer == null ? ops : applyBatch(operation, ops, writer);
        if (pipeline.isTogether()) {
            pipeline.applyTogether(operation, single);
        } else {
            for (EntryOp op : single) {
                pipeline.apply(operation, op);
            }
        }
        parts.events().await();
    }

    private record Claim(EntryOp op, @Nullable StoredRecord seen, Hold hold) {}

    /** Writes and applies the operations whose keys are free; returns the others. */
    private List<EntryOp> applyBatch(Operation operation, List<EntryOp> ops, WriteThrough<K, V> writer) {
        List<EntryOp> taken = new ArrayList<>();
        Map<Object, Claim> claims = new LinkedHashMap<>();
        try {
            for (EntryOp op : ops) {
                Hold hold = client.tryHold(op.key(), HoldKind.EXCLUSIVE);
                if (hold.isGranted()) {
                    claims.put(op.key(), new Claim(op, client.read(op.key()), hold));
                } else {
                    taken.add(op);
                }
            }
            if (!claims.isEmpty()) {
                writeAndApply(operation, claims, writer);
            }
        } finally {
            for (Claim claim : claims.values()) {
                claim.hold().close();
            }
        }
        return taken;
    }

    private void writeAndApply(Operation operation, Map<Object, Claim> claims, WriteThrough<K, V> writer) {
        long begun = statistics.start();
        Map<Object, Claim> unwritten = new HashMap<>();
        CacheWriterException failure =
                operation == Operation.PUT ? writeAll(claims, unwritten, writer) : deleteAll(claims, unwritten, writer);
        long started = begun == 0 ? 0 : share(begun, claims.size());
        for (Claim claim : claims.values()) {
            if (failure != null && unwritten.containsKey(claim.op().key())) {
                continue;
            }
            Outcome outcome = mutation.applyWritten(claim.op(), claim.seen(), claim.hold());
            statistics.record(operation, outcome.before() != null, outcome.change(), started);
        }
        if (failure != null) {
            parts.events().settle();
            throw failure;
        }
    }

    /** When an operation would have started that took its share of the time since {@code begun}. */
    static long share(long begun, int operations) {
        long now = System.nanoTime();
        return now - (now - begun) / operations;
    }

    private @Nullable CacheWriterException writeAll(
            Map<Object, Claim> claims, Map<Object, Claim> unwritten, WriteThrough<K, V> writer) {
        List<Cache.Entry<? extends K, ? extends V>> batch = new ArrayList<>(claims.size());
        for (Claim claim : claims.values()) {
            batch.add(mutation.entry(claim.op().key(), ((Put) claim.op()).value()));
        }
        CacheWriterException failure = writer.writeAll(batch);
        for (Cache.Entry<? extends K, ? extends V> left : batch) {
            Claim claim = claims.get(values.lookup(left.getKey()));
            if (claim != null) {
                unwritten.put(claim.op().key(), claim);
            }
        }
        return failure;
    }

    private @Nullable CacheWriterException deleteAll(
            Map<Object, Claim> claims, Map<Object, Claim> unwritten, WriteThrough<K, V> writer) {
        List<K> batch = new ArrayList<>(claims.size());
        for (Claim claim : claims.values()) {
            batch.add(values.key(claim.op().key()));
        }
        CacheWriterException failure = writer.deleteAll(batch);
        for (K left : batch) {
            Claim claim = claims.get(values.lookup(left));
            if (claim != null) {
                unwritten.put(claim.op().key(), claim);
            }
        }
        return failure;
    }
}
