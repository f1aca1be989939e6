package dev.hypercache.jcache;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.jcache.event.EventDispatcher;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.jcache.manage.Operation;
import dev.hypercache.jcache.through.LoadExecutor;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.OutcomeReceiver;
import dev.hypercache.runtime.call.RequestFailedException;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.telemetry.MetricName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * The steps of {@link OperationPipeline} and {@link BulkOperations} for calls that no thread waits for: arguments are checked and
 * encoded at the call, and once the ring has answered the operation is counted, listeners are waited for and the stage completes.
 *
 * <p>Where user code takes part the very operations that wait run on the cache's threads for that. An embedded cache answers at
 * once, on the calling thread, unless a processor, a loader or a writer holds the key.
 */
final class AsyncPipeline<K, V> {

    private final HyperCache<K, V> cache;
    private final RingClient client;
    private final Values<K, V> values;
    private final OperationPipeline<K, V> pipeline;
    private final BulkOperations<K, V> bulk;
    private final CacheStatistics statistics;
    private final EventDispatcher<K, V> events;

    AsyncPipeline(HyperCache<K, V> cache) {
        CacheEngine<K, V> engine = cache.engine();
        this.cache = cache;
        this.client = engine.context().client();
        this.values = engine.context().values();
        this.pipeline = engine.pipeline();
        this.bulk = engine.bulk();
        this.statistics = engine.parts().statistics();
        this.events = engine.parts().events();
    }

    private interface Call<T extends @Nullable Object> {
        @Nullable
        T make();
    }

    private <T extends @Nullable Object> CompletionStage<T> begin(Consumer<CompletableFuture<T>> start) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        try {
            cache.requireOpen();
            start.accept(stage);
        } catch (RuntimeException e) {
            stage.completeExceptionally(e);
        }
        return stage;
    }

    private static <T extends @Nullable Object> void complete(CompletableFuture<T> stage, Call<T> call) {
        @Nullable T value;
        try {
            value = call.make();
        } catch (RuntimeException | Error e) {
            stage.completeExceptionally(e);
            return;
        }
        stage.complete(value);
    }

    /** Makes a call that waits, on a thread that may. */
    private <T extends @Nullable Object> void work(CompletableFuture<T> stage, Call<T> call) {
        cache.engine().management().calls().execute(new LoadExecutor.Load() {
            @Override
            public void run() {
                complete(stage, call);
            }

            @Override
            public void refuse(RuntimeException reason) {
                if (reason instanceof RequestFailedException) {
                    cache.engine().context().metrics().count(MetricName.ASYNC_CALLS_REFUSED);
                }
                stage.completeExceptionally(reason);
            }
        });
    }

    /** What is to be done with the outcomes of operations; runs on the thread that claimed their changes. */
    private <T extends @Nullable Object> OutcomeReceiver completing(
            CompletableFuture<T> stage, Function<List<Outcome>, T> rest) {
        return new OutcomeReceiver() {
            @Override
            public void performed(List<Outcome> outcomes) {
                complete(stage, () -> rest.apply(outcomes));
            }

            @Override
            public void failed(Throwable reason) {
                events.settle(); // Events of an operation that fails are delivered all the same.
                stage.completeExceptionally(reason);
            }
        };
    }

    CompletionStage<@Nullable V> get(K key) {
        return begin(stage -> {
            EntryOp read = pipeline.plainRead(key);
            if (read == null) {
                work(stage, () -> pipeline.get(key));
            } else if (!client.isRemote()) {
                complete(stage, () -> pipeline.get(key));
            } else {
                long started = statistics.start();
                client.executeAsync(List.of(read), completing(stage, outcomes -> {
                    V value = values.value(outcomes.get(0).before());
                    statistics.record(Operation.GET, value != null, Change.NONE, started);
                    events.await();
                    return value;
                }));
            }
        });
    }

    CompletionStage<Boolean> contains(K key) {
        return begin(stage -> {
            if (!client.isRemote()) {
                complete(stage, () -> pipeline.contains(key));
                return;
            }
            Get read = new Get(values.lookup(key), ExpiryRule.NEVER);
            client.executeAsync(List.of(read), completing(stage, outcomes -> {
                events.await();
                return values.value(outcomes.get(0).before()) != null;
            }));
        });
    }

    CompletionStage<Map<K, V>> getAll(Set<? extends K> wanted) {
        return begin(stage -> {
            List<K> keys = bulk.checked(wanted);
            List<EntryOp> reads = new ArrayList<>(keys.size());
            for (K key : keys) {
                EntryOp read = client.isRemote() ? pipeline.plainRead(key) : null;
                if (read == null) {
                    Set<K> copy = new LinkedHashSet<>(keys);
                    work(stage, () -> bulk.getAll(copy));
                    return;
                }
                reads.add(read);
            }
            long begun = statistics.start();
            client.executeAsync(reads, completing(stage, outcomes -> found(keys, outcomes, begun)));
        });
    }

    private Map<K, V> found(List<K> keys, List<Outcome> outcomes, long begun) {
        Map<K, V> found = new HashMap<>(2 * keys.size());
        for (int i = 0; i < keys.size(); i++) {
            V value = values.value(outcomes.get(i).before());
            long started = begun == 0 ? 0 : BulkOperations.share(begun, keys.size());
            statistics.record(Operation.GET, value != null, Change.NONE, started);
            if (value != null) {
                found.put(keys.get(i), value);
            }
        }
        events.await();
        return found;
    }

    /**
     * Changes one entry.
     *
     * @param op makes the operation, of checked and encoded arguments
     * @param result what the stage completes with
     */
    <T extends @Nullable Object> CompletionStage<T> mutate(
            Operation operation, Supplier<EntryOp> op, Function<Outcome, T> result) {
        return begin(stage -> {
            EntryOp made = op.get();
            Call<T> waiting = () -> result.apply(pipeline.mutate(operation, made));
            if (!pipeline.isDirect()) {
                work(stage, waiting);
                return;
            }
            long started = statistics.start();
            OutcomeReceiver decided = completing(stage, outcomes -> {
                Outcome outcome = outcomes.get(0);
                statistics.record(operation, outcome.before() != null, outcome.change(), started);
                events.await();
                return result.apply(outcome);
            });
            client.executeAsync(List.of(made), unlessUndecided(made, decided, () -> work(stage, waiting)));
        });
    }

    /** Has a call begin again that must wait for the holder of its key, or look at what it found. */
    private OutcomeReceiver unlessUndecided(EntryOp op, OutcomeReceiver decided, Runnable again) {
        return new OutcomeReceiver() {
            @Override
            public void performed(List<Outcome> outcomes) {
                if (pipeline.isDecided(op, outcomes.get(0))) {
                    decided.performed(outcomes);
                    return;
                }
                try {
                    again.run();
                } catch (IllegalStateException e) {
                    failed(e); // The cache was closed meanwhile.
                }
            }

            @Override
            public void failed(Throwable reason) {
                decided.failed(reason);
            }
        };
    }

    /** Changes entries of different keys, each by itself. */
    CompletionStage<@Nullable Void> mutateAll(Operation operation, Supplier<List<EntryOp>> ops) {
        return begin(stage -> {
            List<EntryOp> made = ops.get();
            if (!pipeline.isTogether()) {
                work(stage, () -> {
                    bulk.applyAll(operation, made);
                    return null;
                });
                return;
            }
            long begun = statistics.start();
            client.executeAsync(made, completing(stage, outcomes -> {
                for (Outcome outcome : outcomes) {
                    long started = begun == 0 ? 0 : BulkOperations.share(begun, outcomes.size());
                    statistics.record(operation, outcome.before() != null, outcome.change(), started);
                }
                events.await();
                return null;
            }));
        });
    }

    CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map) {
        return mutateAll(Operation.PUT, () -> bulk.puts(map));
    }

    CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys) {
        return mutateAll(Operation.REMOVE, () -> bulk.removals(keys));
    }

    <T> CompletionStage<@Nullable T> process(K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        return begin(stage -> {
            values.checkKey(key);
            Objects.requireNonNull(processor, "entryProcessor is null; pass the processor to run");
            work(stage, () -> pipeline.invoke(key, processor, arguments));
        });
    }
}
