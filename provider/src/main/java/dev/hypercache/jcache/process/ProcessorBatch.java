package dev.hypercache.jcache.process;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.ConditionalApply;
import dev.hypercache.runtime.call.IndeterminateResultException;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.telemetry.MetricName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Runs a processor on entries that are there without holding them, as {@link ProcessorCall} does with one: on a ring all are read
 * together and all effects are applied together, each on the condition that its entry is as it was seen.
 */
public final class ProcessorBatch<K, V> {

    private final CacheContext<K, V> context;
    private final RingClient client;
    private final ConditionalApply conditional;

    ProcessorBatch(CacheContext<K, V> context) {
        this.context = context;
        this.client = context.client();
        this.conditional = new ConditionalApply(client, context.values(), context.expiration());
    }

    /**
     * Runs a processor on entries that are there, one after the other, between one look at all and one change of all.
     *
     * @return in the order of the keys what came of each, its failure included; null where it must be run by itself, since there
     *     is no entry or it has changed
     */
    public <T> List<@Nullable Supplier<ProcessorCall.Result<T>>> invoke(
            List<Object> keyHandles, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        List<@Nullable Supplier<ProcessorCall.Result<T>>> results = new ArrayList<>(keyHandles.size());
        List<@Nullable StoredRecord> seen;
        try {
            seen = client.readAll(keyHandles);
        } catch (CacheException e) {
            keyHandles.forEach(key -> results.add(failing(e)));
            return results;
        }
        List<FreeRun<T>> changing = new ArrayList<>();
        for (int i = 0; i < keyHandles.size(); i++) {
            StoredRecord record = seen.get(i);
            results.add(null);
            if (record == null) {
                continue;
            }
            try {
                FreeRun<T> run = runFreely(i, keyHandles.get(i), record, processor, arguments);
                results.set(i, run.result(Change.NONE));
                if (run.effect() != null) {
                    changing.add(run);
                }
            } catch (CacheException e) {
                results.set(i, failing(e));
            }
        }
        applyTogether(changing, results);
        return results;
    }

    /** A run without a hold, whose effect is not applied yet. */
    private record FreeRun<T>(
            int place, @Nullable T value, @Nullable EntryOp effect) {
        Supplier<ProcessorCall.Result<T>> result(Change change) {
            ProcessorCall.Result<T> result = new ProcessorCall.Result<>(value, true, change);
            return () -> result;
        }
    }

    private static <T> Supplier<ProcessorCall.Result<T>> failing(CacheException failure) {
        return () -> {
            throw failure;
        };
    }

    private <T> FreeRun<T> runFreely(
            int place,
            Object keyHandle,
            StoredRecord seen,
            EntryProcessor<K, V, T> processor,
            @Nullable Object[] arguments) {
        ProcessorEntry<K, V> entry =
                new ProcessorEntry<>(context.values().key(keyHandle), seen, context.values(), null);
        T value = ProcessorCall.process(processor, entry, arguments);
        return new FreeRun<>(place, value, freeEffect(keyHandle, entry, seen));
    }

    private @Nullable EntryOp freeEffect(Object keyHandle, ProcessorEntry<K, V> entry, StoredRecord seen) {
        switch (entry.effect()) {
            case SET:
                Object handle = context.values().valueHandle(entry.newValue());
                return ConditionalApply.at(
                        new Put(keyHandle, handle, context.expiration().rule()), seen);
            case REMOVE:
                return ConditionalApply.at(new Remove(keyHandle), seen);
            case ACCESS:
                return conditional.touching(keyHandle, seen);
            default:
                return null;
        }
    }

    private <T> void applyTogether(List<FreeRun<T>> runs, List<@Nullable Supplier<ProcessorCall.Result<T>>> results) {
        List<EntryOp> effects = new ArrayList<>(runs.size());
        for (FreeRun<T> run : runs) {
            effects.add(Objects.requireNonNull(run.effect(), "effect"));
        }
        List<Outcome> outcomes;
        try {
            outcomes = client.executeAll(effects);
        } catch (CacheException e) {
            CacheException unknown = new IndeterminateResultException(
                    "an entry processor of cache '" + context.cacheName()
                            + "' may or may not have been applied, for of the " + runs.size()
                            + " entries that it was called for some failed: " + e.getMessage(),
                    "",
                    String.valueOf(e.getMessage()));
            runs.forEach(run -> results.set(run.place(), failing(unknown)));
            return;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            FreeRun<T> run = runs.get(i);
            if (outcome.status() == Outcome.Status.CONFLICT) {
                context.metrics().count(MetricName.PROCESSOR_RETRIES);
                results.set(run.place(), null);
            } else {
                results.set(run.place(), run.result(run.effect() instanceof Touch ? Change.NONE : outcome.change()));
            }
        }
    }
}
