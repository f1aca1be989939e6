package dev.hypercache.jcache;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.event.EventDispatcher;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.jcache.manage.Operation;
import dev.hypercache.jcache.process.ProcessorBatch;
import dev.hypercache.jcache.process.ProcessorCall;
import dev.hypercache.jcache.through.ReadThrough;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.ConditionalApply;
import dev.hypercache.jcache.value.SideWork;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.RingClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * The steps that every operation on one entry goes through, once: look or change, count, wait for listeners.
 *
 * <p>Statistics count before listeners are waited for, so a failing listener costs no count.
 */
final class OperationPipeline<K, V> {

    private final RingClient client;
    private final Values<K, V> values;
    private final ExpiryRule rule;
    private final boolean touches;
    private final boolean asks;
    private final ConditionalApply conditional;
    private final Mutation<K, V> mutation;
    private final ProcessorCall<K, V> processors;
    private final CacheStatistics statistics;
    private final EventDispatcher<K, V> events;
    private final @Nullable ReadThrough<K, V> readThrough;
    private final SideWork sideWork;

    OperationPipeline(CacheContext<K, V> context, CacheParts<K, V> parts, SideWork sideWork) {
        this.sideWork = sideWork;
        this.client = context.client();
        this.values = context.values();
        this.rule = context.expiration().rule();
        this.asks = context.expiration().asks();
        this.touches = asks || rule.dependsOnAccess();
        this.conditional = new ConditionalApply(client, values, context.expiration());
        this.mutation = new Mutation<>(context, parts.writeThrough());
        this.processors = new ProcessorCall<>(context, parts.readThrough(), parts.writeThrough());
        this.statistics = parts.statistics();
        this.events = parts.events();
        this.readThrough = parts.readThrough();
    }

    ExpiryRule rule() {
        return rule;
    }

    @Nullable
    V get(K key) {
        Object lookup = lookup(key);
        long started = statistics.start();
        StoredRecord found = readEntry(lookup);
        V value = values.value(found);
        statistics.record(Operation.GET, value != null, Change.NONE, started);
        if (value == null && readThrough != null) {
            value = load(key, readThrough);
        }
        events.await();
        return value;
    }

    private @Nullable V load(K key, ReadThrough<K, V> loader) {
        try {
            return loader.load(key);
        } catch (RuntimeException | Error e) {
            events.settle(); // Events of an operation that fails are delivered all the same.
            throw e;
        }
    }

    /** A key to read under; a read that moves the end of life hands its key to the cache. */
    Object lookup(K key) {
        return touches ? values.keyHandle(key) : values.lookup(key);
    }

    /** The live record of a key, read as the application reads: its end of life moves as the policy says. */
    @Nullable
    StoredRecord readEntry(Object lookup) {
        if (!touches) {
            return client.read(lookup);
        }
        if (!asks) {
            return client.execute(new Get(lookup, rule)).before();
        }
        StoredRecord found = client.read(lookup);
        if (found != null) {
            conditional.touch(lookup, found);
        }
        return found;
    }

    boolean contains(K key) {
        boolean present = values.value(client.read(values.lookup(key))) != null;
        events.await();
        return present;
    }

    /** For an operation that found nobody listening: somebody may have begun before it changed anything. */
    private void awaitLateListeners() {
        if (sideWork.has(SideWork.LISTENERS)) {
            events.await();
        }
    }

    /** Applies a mutation, counts it and waits for listeners. */
    Outcome mutate(Operation operation, EntryOp op) {
        if (sideWork.isNone()) {
            Outcome outcome = mutation.apply(op);
            awaitLateListeners();
            return outcome;
        }
        Outcome outcome = apply(operation, op);
        events.await();
        return outcome;
    }

    /** As {@link #mutate}, without asking the expiry policy: the operation says itself how long the entry lives. */
    void mutateAsIs(Operation operation, EntryOp op) {
        apply(operation, op, client::execute);
        events.await();
    }

    /** Applies a mutation and counts it. */
    Outcome apply(Operation operation, EntryOp op) {
        return apply(operation, op, mutation::apply);
    }

    private Outcome apply(Operation operation, EntryOp op, Function<EntryOp, Outcome> how) {
        long started = statistics.start();
        try {
            Outcome outcome = how.apply(op);
            statistics.record(operation, outcome.before() != null, outcome.change(), started);
            return outcome;
        } catch (RuntimeException | Error e) {
            events.settle();
            throw e;
        }
    }

    /** Whether the outcome of a mutation that went straight to the ring stands. */
    boolean isDecided(EntryOp op, Outcome outcome) {
        return outcome.status() != Outcome.Status.HELD && mutation.isDecided(op, outcome);
    }

    /** Whether mutations go straight to the ring. */
    boolean isDirect() {
        return mutation.isDirect();
    }

    /** What an application's read asks the ring for; null if user code takes part in it. */
    @Nullable
    EntryOp plainRead(K key) {
        return asks || readThrough != null ? null : new Get(lookup(key), touches ? rule : ExpiryRule.NEVER);
    }

    /** Whether operations on several keys go to the ring together. */
    boolean isTogether() {
        return mutation.isTogether();
    }

    /** Applies mutations of different keys together and counts them, each with its share of the time. */
    void applyTogether(Operation operation, List<EntryOp> ops) {
        long begun = statistics.start();
        try {
            for (Outcome outcome : mutation.applyTogether(ops)) {
                long started = begun == 0 ? 0 : BulkOperations.share(begun, ops.size());
                statistics.record(operation, outcome.before() != null, outcome.change(), started);
            }
        } catch (RuntimeException | Error e) {
            events.settle();
            throw e;
        }
    }

    /** The live records of keys, read together as the application reads them; null where there is none. */
    List<@Nullable StoredRecord> readTogether(List<Object> lookups) {
        if (!touches || asks) {
            List<@Nullable StoredRecord> found = client.readAll(lookups);
            touchTogether(lookups, found);
            return found;
        }
        List<EntryOp> gets = new ArrayList<>(lookups.size());
        for (Object lookup : lookups) {
            gets.add(new Get(lookup, rule));
        }
        List<@Nullable StoredRecord> found = new ArrayList<>(lookups.size());
        for (Outcome outcome : client.executeAll(gets)) {
            found.add(outcome.before());
        }
        return found;
    }

    /** Asks the policy about each entry that was found, if it must be asked. */
    private void touchTogether(List<Object> lookups, List<@Nullable StoredRecord> found) {
        List<EntryOp> wanted = new ArrayList<>();
        for (int i = 0; asks && i < found.size(); i++) {
            StoredRecord record = found.get(i);
            Touch touch = record == null ? null : conditional.touching(lookups.get(i), record);
            if (touch != null) {
                wanted.add(touch);
            }
        }
        if (!wanted.isEmpty()) {
            client.executeAll(wanted);
        }
    }

    /** Whether keys that will be read may be read ahead: over a network, and where that moves nothing. */
    boolean readsAhead() {
        return client.isRemote() && !touches;
    }

    /** Records read together, without moving anything; null where there is none. */
    List<@Nullable StoredRecord> readAhead(List<Object> keys) {
        return client.readAll(keys);
    }

    /** Whether a record that was read before is still alive. */
    boolean isLive(StoredRecord record) {
        return !record.isExpiredAt(client.nowMillis());
    }

    /** Whether nobody here is told or counts what operations do. */
    boolean isUnwatched() {
        return !sideWork.has(SideWork.STATISTICS) && !sideWork.has(SideWork.LISTENERS);
    }

    /**
     * The runs of a processor on several keys, together where that may be; each is counted and its events are waited for when it
     * is taken up.
     */
    <T> List<Supplier<@Nullable T>> invocations(
            List<K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        ProcessorBatch<K, V> batch = sideWork.has(SideWork.LISTENERS) ? null : processors.together();
        long begun = statistics.start();
        List<Supplier<@Nullable T>> calls = new ArrayList<>(keys.size());
        List<@Nullable Supplier<ProcessorCall.Result<T>>> results = batch == null
                ? List.of()
                : batch.invoke(keys.stream().map(values::keyHandle).toList(), processor, arguments);
        for (int i = 0; i < keys.size(); i++) {
            K key = keys.get(i);
            Supplier<ProcessorCall.Result<T>> result = batch == null ? null : results.get(i);
            long started = begun == 0 ? 0 : BulkOperations.share(begun, keys.size());
            calls.add(result == null ? () -> invoke(key, processor, arguments) : () -> finished(result, started));
        }
        return calls;
    }

    private <T> @Nullable T finished(Supplier<ProcessorCall.Result<T>> run, long started) {
        ProcessorCall.Result<T> result;
        try {
            result = run.get();
        } catch (RuntimeException | Error e) {
            events.settle();
            throw e;
        }
        statistics.record(Operation.INVOKE, result.present(), result.change(), started);
        events.await();
        return result.value();
    }

    <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        Object handle = values.keyHandle(key);
        long started = statistics.start();
        return finished(() -> processors.invoke(handle, processor, arguments), started);
    }
}
