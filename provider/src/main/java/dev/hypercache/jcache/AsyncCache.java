package dev.hypercache.jcache;

import static dev.hypercache.jcache.manage.Operation.GET_AND_PUT;
import static dev.hypercache.jcache.manage.Operation.GET_AND_REMOVE;
import static dev.hypercache.jcache.manage.Operation.GET_AND_REPLACE;
import static dev.hypercache.jcache.manage.Operation.PUT;
import static dev.hypercache.jcache.manage.Operation.PUT_IF_ABSENT;
import static dev.hypercache.jcache.manage.Operation.REMOVE;
import static dev.hypercache.jcache.manage.Operation.REMOVE_IF_EQUAL;
import static dev.hypercache.jcache.manage.Operation.REPLACE;
import static dev.hypercache.jcache.manage.Operation.REPLACE_IF_EQUAL;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.jcache.value.Values;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a cache as stages: {@code cache.unwrap(HyperCache.class).async()}.
 *
 * <p>Each method returns at once and does what the method of the same name in {@link javax.cache.Cache} does, with the same
 * statistics and events. No method throws: whatever the other one would throw, of wrong arguments and a closed cache too, fails the
 * stage, with that very exception for its cause where the JDK wraps it. Arguments are encoded before the method returns, those
 * of {@link #invoke} excepted.
 *
 * <ul>
 *   <li><b>Threads.</b> On a ring no thread waits for a call under way. Stages complete on a few threads of the node, after the
 *       synchronous listeners; what depends on a stage runs there too and must not block, or else be given an executor of
 *       its own ({@code thenApplyAsync(f, executor)}). A call that runs user code, which is {@code invoke}, and others
 *       where the cache has a loader for reads, a writer for writes or an expiry policy of its application, occupies one of 16
 *       threads of the cache meanwhile; 1,000 more may wait for one, and beyond that a call fails with code {@code
 *       OVERLOADED}. An embedded cache answers on the calling thread.
 *   <li><b>Bounds.</b> Calls under way count in {@code hypercache.requests.max}; one beyond that fails with {@code OVERLOADED}.
 *   <li><b>Time.</b> Each call ends by {@code hypercache.request.timeout}, as one that waits does. A shorter time is
 *       the caller's: {@code toCompletableFuture().orTimeout(...)} fails the stage and stops nothing.
 *   <li><b>Cancelling</b> a stage changes the stage alone; the operation goes on, and may have been or may yet be applied.
 *   <li><b>Order.</b> Calls of one thread for one key may take effect in any order unless one begins after the other's stage.
 * </ul>
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class AsyncCache<K, V> {

    private final AsyncPipeline<K, V> pipeline;
    private final Values<K, V> values;
    private final ExpiryRule rule;

    AsyncCache(AsyncPipeline<K, V> pipeline, Values<K, V> values, ExpiryRule rule) {
        this.pipeline = pipeline;
        this.values = values;
        this.rule = rule;
    }

    /** The value of a key, null if there is none. */
    public CompletionStage<@Nullable V> get(K key) {
        return pipeline.get(key);
    }

    /** The values of those of the keys that have one. */
    public CompletionStage<Map<K, V>> getAll(Set<? extends K> keys) {
        return pipeline.getAll(keys);
    }

    /** Whether a key has a value. */
    public CompletionStage<Boolean> containsKey(K key) {
        return pipeline.contains(key);
    }

    /** Puts an entry. */
    public CompletionStage<@Nullable Void> put(K key, V value) {
        return pipeline.mutate(PUT, () -> putOf(key, value), outcome -> null);
    }

    private Put putOf(K key, V value) {
        return new Put(values.keyHandle(key), values.valueHandle(value), rule);
    }

    /** Puts entries, each by itself. */
    public CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> map) {
        return pipeline.putAll(map);
    }

    /** Puts an entry if its key has none; whether it did. */
    public CompletionStage<Boolean> putIfAbsent(K key, V value) {
        return pipeline.mutate(
                PUT_IF_ABSENT,
                () -> new PutIfAbsent(values.keyHandle(key), values.valueHandle(value), rule),
                outcome -> outcome.change() == Change.CREATED);
    }

    /** Puts an entry; the value before, null if there was none. */
    public CompletionStage<@Nullable V> getAndPut(K key, V value) {
        return pipeline.mutate(GET_AND_PUT, () -> putOf(key, value), this::before);
    }

    private @Nullable V before(Outcome outcome) {
        return values.value(outcome.before());
    }

    /** Replaces an entry if there is one; whether it did. */
    public CompletionStage<Boolean> replace(K key, V value) {
        return pipeline.mutate(REPLACE, () -> replaceOf(key, value), Outcome::applied);
    }

    private Replace replaceOf(K key, V value) {
        return new Replace(values.keyHandle(key), values.valueHandle(value), rule);
    }

    /** Replaces an entry if its value equals the old one; whether it did. */
    public CompletionStage<Boolean> replace(K key, V oldValue, V newValue) {
        return pipeline.mutate(
                REPLACE_IF_EQUAL,
                () -> new ReplaceIfEqual(
                        values.keyHandle(key), values.comparand(oldValue), values.valueHandle(newValue), rule),
                Outcome::applied);
    }

    /** Replaces an entry if there is one; the value before, null if there was none. */
    public CompletionStage<@Nullable V> getAndReplace(K key, V value) {
        return pipeline.mutate(GET_AND_REPLACE, () -> replaceOf(key, value), this::before);
    }

    /** Removes an entry; whether there was one. */
    public CompletionStage<Boolean> remove(K key) {
        return pipeline.mutate(REMOVE, () -> new Remove(values.keyHandle(key)), Outcome::applied);
    }

    /** Removes an entry if its value equals the old one; whether it did. */
    public CompletionStage<Boolean> remove(K key, V oldValue) {
        return pipeline.mutate(
                REMOVE_IF_EQUAL,
                () -> new RemoveIfEqual(values.keyHandle(key), values.comparand(oldValue), rule),
                Outcome::applied);
    }

    /** Removes an entry; its value, null if there was none. */
    public CompletionStage<@Nullable V> getAndRemove(K key) {
        return pipeline.mutate(GET_AND_REMOVE, () -> new Remove(values.keyHandle(key)), this::before);
    }

    /** Removes the entries of keys, each by itself. */
    public CompletionStage<@Nullable Void> removeAll(Set<? extends K> keys) {
        return pipeline.removeAll(keys);
    }

    /** Runs a processor on an entry; what it returned. Key and arguments must not change before the stage completes. */
    public <T> CompletionStage<@Nullable T> invoke(
            K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        return pipeline.process(key, processor, arguments);
    }
}
