package dev.hypercache.jcache;

import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.event.EventDispatcher;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.jcache.manage.Operation;
import dev.hypercache.jcache.through.WriteThrough;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.RingClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * Bulk operations of a cache with a writer: keys that are free are held, handed to the writer in one batch and applied.
 *
 * <p>Keys that somebody else holds are left for later, for nobody waits for a hold while holding one. On a ring the holds, the
 * looks and the changes are one request for each leader's node.
 */
final class WriterBatch<K, V> {

    private final RingClient client;
    private final Values<K, V> values;
    private final Mutation<K, V> mutation;
    private final WriteThrough<K, V> writer;
    private final CacheStatistics statistics;
    private final EventDispatcher<K, V> events;

    WriterBatch(
            CacheContext<K, V> context, CacheParts<K, V> parts, Mutation<K, V> mutation, WriteThrough<K, V> writer) {
        this.client = context.client();
        this.values = context.values();
        this.mutation = mutation;
        this.writer = writer;
        this.statistics = parts.statistics();
        this.events = parts.events();
    }

    /** Writes and applies the operations whose keys are free; returns the others. */
    List<EntryOp> apply(Operation operation, List<EntryOp> ops) {
        List<EntryOp> taken = new ArrayList<>();
        List<Hold> holds = client.tryHoldAll(ops.stream().map(EntryOp::key).toList(), HoldKind.EXCLUSIVE);
        try {
            Map<Object, Mutation.Claim> claims = claims(ops, holds, taken);
            if (!claims.isEmpty()) {
                writeAndApply(operation, claims);
            }
        } finally {
            client.together(() -> holds.forEach(Hold::close));
        }
        return taken;
    }

    private Map<Object, Mutation.Claim> claims(List<EntryOp> ops, List<Hold> holds, List<EntryOp> taken) {
        List<Object> held = new ArrayList<>(ops.size());
        for (int i = 0; i < ops.size(); i++) {
            if (holds.get(i).isGranted()) {
                held.add(ops.get(i).key());
            } else {
                taken.add(ops.get(i));
            }
        }
        List<@Nullable StoredRecord> seen = client.readAll(held);
        Map<Object, Mutation.Claim> claims = new LinkedHashMap<>();
        for (int i = 0; i < ops.size(); i++) {
            if (holds.get(i).isGranted()) {
                EntryOp op = ops.get(i);
                claims.put(op.key(), new Mutation.Claim(op, seen.get(claims.size()), holds.get(i)));
            }
        }
        return claims;
    }

    private void writeAndApply(Operation operation, Map<Object, Mutation.Claim> claims) {
        long begun = statistics.start();
        Map<Object, Mutation.Claim> written = new LinkedHashMap<>(claims);
        CacheWriterException failure =
                operation == Operation.PUT ? writeAll(claims, written) : deleteAll(claims, written);
        long started = begun == 0 ? 0 : BulkOperations.share(begun, claims.size());
        for (Outcome outcome : mutation.applyWritten(List.copyOf(written.values()))) {
            statistics.record(operation, outcome.before() != null, outcome.change(), started);
        }
        if (failure != null) {
            events.settle();
            throw failure;
        }
    }

    private @Nullable CacheWriterException writeAll(
            Map<Object, Mutation.Claim> claims, Map<Object, Mutation.Claim> written) {
        List<Cache.Entry<? extends K, ? extends V>> batch = new ArrayList<>(claims.size());
        for (Mutation.Claim claim : claims.values()) {
            batch.add(mutation.entry(claim.op().key(), ((Put) claim.op()).value(), claim.hold()));
        }
        CacheWriterException failure = writer.writeAll(batch);
        if (failure != null) {
            batch.forEach(left -> written.remove(values.lookup(left.getKey())));
        }
        return failure;
    }

    private @Nullable CacheWriterException deleteAll(
            Map<Object, Mutation.Claim> claims, Map<Object, Mutation.Claim> written) {
        List<K> batch = new ArrayList<>(claims.size());
        for (Mutation.Claim claim : claims.values()) {
            batch.add(values.key(claim.op().key()));
        }
        CacheWriterException failure = writer.deleteAll(batch);
        if (failure != null) {
            batch.forEach(left -> written.remove(values.lookup(left)));
        }
        return failure;
    }
}
