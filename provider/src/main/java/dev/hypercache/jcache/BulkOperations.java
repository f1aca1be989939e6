package dev.hypercache.jcache;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.jcache.manage.Operation;
import dev.hypercache.jcache.through.ReadThrough;
import dev.hypercache.jcache.through.WriteThrough;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.Values;
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
import java.util.function.Supplier;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * The operations on many keys: all arguments are checked before anything happens, then each key is an operation of its
 * own.
 *
 * <p>On a ring they cost one request for each leader's node. With a writer, keys that somebody else holds go one by one after
 * those of the {@link WriterBatch}.
 */
final class BulkOperations<K, V> {

    private final RingClient client;
    private final Values<K, V> values;
    private final OperationPipeline<K, V> pipeline;
    private final @Nullable WriterBatch<K, V> writing;
    private final CacheStatistics statistics;
    private final CacheParts<K, V> parts;

    BulkOperations(CacheContext<K, V> context, CacheParts<K, V> parts, OperationPipeline<K, V> pipeline) {
        this.client = context.client();
        this.values = context.values();
        this.pipeline = pipeline;
        WriteThrough<K, V> writer = parts.writeThrough();
        this.writing =
                writer == null ? null : new WriterBatch<>(context, parts, new Mutation<>(context, writer), writer);
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
        if (client.isRemote()) {
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

    /** Where nobody is told or counts what goes, that is what {@code clear} does. */
    void removeAll() {
        if (writing == null && pipeline.isUnwatched() && !client.isListenedToElsewhere()) {
            client.clear();
            return;
        }
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
        List<K> all = checked(keys);
        Iterator<Supplier<@Nullable T>> calls =
                pipeline.invocations(all, processor, arguments).iterator();
        for (K key : all) {
            InvokeResult<T> result = InvokeResult.of(calls.next());
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
        List<EntryOp> single = writing == null ? ops : writing.apply(operation, ops);
        if (pipeline.isTogether()) {
            pipeline.applyTogether(operation, single);
        } else {
            for (EntryOp op : single) {
                pipeline.apply(operation, op);
            }
        }
        parts.events().await();
    }

    /** When an operation would have started that took its share of the time since {@code begun}. */
    static long share(long begun, int operations) {
        long now = System.nanoTime();
        return now - (now - begun) / operations;
    }
}
