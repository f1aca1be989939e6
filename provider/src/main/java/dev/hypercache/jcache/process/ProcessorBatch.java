package dev.hypercache.jcache.process;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.HoldKind;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.through.ReadThrough;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.ConditionalApply;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.IndeterminateResultException;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.telemetry.MetricName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Runs a processor on several entries as {@link ProcessorCall} does on one: on a ring all are read together and all effects are
 * applied together, each on the condition that its entry is as it was seen.
 *
 * <p>Entries that are there are worked on without holding them, where single ones are. The others are held, those whose keys are
 * free, at most {@value #HELD_MAX} at a time: whoever waits for one of these keys waits for the processors of all.
 */
public final class ProcessorBatch<K, V> {

    static final int HELD_MAX = 4_096;

    private final CacheContext<K, V> context;
    private final RingClient client;
    private final ConditionalApply conditional;
    private final @Nullable ReadThrough<K, V> readThrough;
    private final boolean mayRunFreely;

    ProcessorBatch(CacheContext<K, V> context, @Nullable ReadThrough<K, V> readThrough, boolean mayRunFreely) {
        this.context = context;
        this.client = context.client();
        this.conditional = new ConditionalApply(client, context.values(), context.expiration());
        this.readThrough = readThrough;
        this.mayRunFreely = mayRunFreely;
    }

    /** One call of the application: what is asked, and what has come of each key so far. */
    private record Call<K, V, T>(
            List<Object> keys,
            EntryProcessor<K, V, T> processor,
            @Nullable Object[] arguments,
            List<@Nullable Supplier<ProcessorCall.Result<T>>> results) {

        void failed(int place, CacheException failure) {
            results.set(place, () -> {
                throw failure;
            });
        }

        void ended(BatchedRun<T> run, Change change) {
            ProcessorCall.Result<T> result = run.result(change);
            results.set(run.place(), () -> result);
        }
    }

    /**
     * Runs a processor on entries, one after the other.
     *
     * @return in the order of the keys what came of each, its failure included; null where it must be run by itself, since
     *     somebody holds the key or the entry has changed
     */
    public <T> List<@Nullable Supplier<ProcessorCall.Result<T>>> invoke(
            List<Object> keyHandles, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        List<@Nullable Supplier<ProcessorCall.Result<T>>> results = new ArrayList<>(keyHandles.size());
        keyHandles.forEach(key -> results.add(null));
        Call<K, V, T> call = new Call<>(keyHandles, processor, arguments, results);
        List<Integer> all = IntStream.range(0, keyHandles.size()).boxed().toList();
        List<Integer> left = mayRunFreely ? runFreely(call, all) : all;
        for (int from = 0; from < left.size(); from += HELD_MAX) {
            runHeld(call, left.subList(from, Math.min(left.size(), from + HELD_MAX)));
        }
        return results;
    }

    /** Runs the processor on what is there; returns the places of the keys that have no entry. */
    private <T> List<Integer> runFreely(Call<K, V, T> call, List<Integer> places) {
        List<@Nullable StoredRecord> seen;
        try {
            seen = client.readAll(call.keys());
        } catch (CacheException e) {
            places.forEach(place -> call.failed(place, e));
            return List.of();
        }
        List<Integer> absent = new ArrayList<>();
        List<BatchedRun<T>> changing = new ArrayList<>();
        for (int place : places) {
            if (seen.get(place) == null) {
                absent.add(place);
            } else {
                run(call, place, seen.get(place), null, changing);
            }
        }
        apply(call, changing, effects -> client.executeAll(effects));
        return absent;
    }

    /** Runs the processor on keys that it may hold. */
    private <T> void runHeld(Call<K, V, T> call, List<Integer> places) {
        List<Hold> holds;
        try {
            holds = client.tryHoldAll(places.stream().map(call.keys()::get).toList(), HoldKind.EXCLUSIVE);
        } catch (CacheException e) {
            places.forEach(place -> call.failed(place, e));
            return;
        }
        try {
            List<Integer> granted = new ArrayList<>();
            List<Hold> theirs = new ArrayList<>();
            for (int i = 0; i < holds.size(); i++) {
                if (holds.get(i).isGranted()) {
                    granted.add(places.get(i));
                    theirs.add(holds.get(i));
                }
            }
            runGranted(call, granted, theirs);
        } finally {
            client.together(() -> holds.forEach(Hold::close));
        }
    }

    private <T> void runGranted(Call<K, V, T> call, List<Integer> places, List<Hold> holds) {
        List<@Nullable StoredRecord> seen;
        try {
            seen = client.readAll(places.stream().map(call.keys()::get).toList());
        } catch (CacheException e) {
            places.forEach(place -> call.failed(place, e));
            return;
        }
        List<BatchedRun<T>> runs = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            run(call, places.get(i), seen.get(i), holds.get(i), runs);
        }
        List<BatchedRun<T>> touching = new ArrayList<>();
        List<BatchedRun<T>> changing = new ArrayList<>();
        for (BatchedRun<T> run : runs) {
            (run.effect() instanceof Touch ? touching : changing).add(run);
        }
        apply(call, touching, effects -> client.executeAll(effects)); // Nobody's hold stands in the way of a touch.
        List<Hold> ofChanging = new ArrayList<>();
        changing.forEach(run -> ofChanging.add(Objects.requireNonNull(run.hold(), "hold")));
        apply(call, changing, effects -> client.executeAll(effects, ofChanging));
    }

    /** One run; notes what came of it, and adds it to those whose effect must be applied if it has one. */
    private <T> void run(
            Call<K, V, T> call,
            int place,
            @Nullable StoredRecord seen,
            @Nullable Hold hold,
            List<BatchedRun<T>> effective) {
        Object key = call.keys().get(place);
        ProcessorEntry<K, V> entry =
                new ProcessorEntry<>(context.values().key(key), seen, context.values(), readThrough);
        try {
            T value = ProcessorCall.process(call.processor(), entry, call.arguments());
            EntryOp effect = effect(key, entry, seen);
            boolean isLoad = entry.effect() == ProcessorEntry.Effect.LOAD;
            BatchedRun<T> run = new BatchedRun<>(place, hold, seen, value, effect, isLoad);
            if (effect == null) {
                call.ended(run, Change.NONE);
            } else {
                effective.add(run);
            }
        } catch (CacheException e) {
            call.failed(place, e);
        }
    }

    private @Nullable EntryOp effect(Object key, ProcessorEntry<K, V> entry, @Nullable StoredRecord seen) {
        switch (entry.effect()) {
            case SET, LOAD:
                Object handle = context.values().valueHandle(entry.newValue());
                EntryOp put = new Put(key, handle, context.expiration().rule());
                if (context.expiration().asks()) {
                    put = conditional.withExpiry(put, conditional.preview(put, seen));
                }
                return ConditionalApply.at(put, seen);
            case REMOVE:
                return seen == null ? null : ConditionalApply.at(new Remove(key), seen);
            case ACCESS:
                return seen == null ? null : conditional.touching(key, seen);
            default:
                return null;
        }
    }

    /** How effects are applied. */
    private interface Way {
        List<Outcome> apply(List<EntryOp> effects);
    }

    /** Applies effects together; a processor whose entry has changed, or whose hold was lost, is left to be run by itself. */
    private <T> void apply(Call<K, V, T> call, List<BatchedRun<T>> runs, Way way) {
        if (runs.isEmpty()) {
            return;
        }
        List<EntryOp> effects = new ArrayList<>(runs.size());
        runs.forEach(run -> effects.add(Objects.requireNonNull(run.effect(), "effect")));
        List<Outcome> outcomes;
        try {
            outcomes = way.apply(effects);
        } catch (CacheException e) {
            CacheException unknown = new IndeterminateResultException(
                    "an entry processor of cache '" + context.cacheName()
                            + "' may or may not have been applied, for of the " + runs.size()
                            + " entries that it was called for some failed: " + e.getMessage(),
                    "",
                    String.valueOf(e.getMessage()));
            runs.forEach(run -> call.failed(run.place(), unknown));
            return;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            BatchedRun<T> run = runs.get(i);
            if (isApplied(run, outcome)) {
                call.ended(run, outcome.change());
            } else {
                context.metrics().count(MetricName.PROCESSOR_RETRIES);
                call.results().set(run.place(), null);
            }
        }
    }

    /** Nothing hangs on a touch: an entry that has changed lives as long as its change says. */
    private static boolean isApplied(BatchedRun<?> run, Outcome outcome) {
        return run.effect() instanceof Touch
                || outcome.status() == Outcome.Status.APPLIED
                || outcome.status() == Outcome.Status.UNMET;
    }
}
