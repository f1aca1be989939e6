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
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.PutIfAbsent;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.jcache.manage.StatisticsScope;
import dev.hypercache.jcache.manage.StatisticsSum;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.RingClient;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A cache of HyperCache (JSR-107 1.1).
 *
 * <p>Safe for use by any number of threads. Methods beyond the standard are {@link #async}, {@link
 * #statistics}, {@link #size} and {@link #withConsistency}.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class HyperCache<K, V> extends CacheShell<K, V> {

    private final CacheEngine<K, V> engine;
    private final OperationPipeline<K, V> pipeline;
    private final Values<K, V> values;
    private final ExpiryRule rule;
    private final RingClient client;

    HyperCache(String name, HyperCacheManager manager, CacheAssembly<K, V> assembly) {
        super(name, manager, assembly.sideWork());
        this.engine = assembly.assemble(this);
        this.pipeline = engine.pipeline();
        this.values = engine.context().values();
        this.rule = pipeline.rule();
        this.client = engine.context().client();
    }

    private HyperCache(HyperCache<K, V> base, CacheEngine<K, V> engine) {
        super(base.getName(), base.getCacheManager(), base.sideWork());
        this.engine = engine;
        this.pipeline = engine.pipeline();
        this.values = base.values;
        this.rule = base.rule;
        this.client = engine.context().client();
    }

    /**
     * The same cache for calls at another consistency level: any level for reads; for writes the cache's own level, or one that
     * waits for more replicas. What the application registers, counts and closes is the cache itself. An embedded cache has
     * one replica, so there every level comes to the same.
     *
     * <p>Operations that change entries throw {@link IllegalArgumentException} at a level below the cache's level of writes.
     *
     * @param level how many replicas the calls rest on
     * @return a view, cheap enough to be made for each call
     */
    public Cache<K, V> withConsistency(ConsistencyLevel level) {
        Objects.requireNonNull(level, "level");
        requireOpen();
        return new HyperCache<>(this, engine.at(level, sideWork()));
    }

    /**
     * The same cache for calls that return at once.
     *
     * @return a view, cheap enough to be made for each call
     */
    public AsyncCache<K, V> async() {
        return new AsyncCache<>(new AsyncPipeline<>(this), values, rule);
    }

    @Override
    CacheEngine<K, V> engine() {
        return engine;
    }

    void awaitListeners() {
        engine.parts().events().await();
    }

    /** What the callers of this JVM did to this cache; counts only while statistics are switched on. */
    public CacheStatistics statistics() {
        return engine.parts().statistics();
    }

    /**
     * The statistics of now, either of this manager's callers or summed over the ring, whatever the MXBean shows. Those of the
     * ring ask its members and wait for them, up to the request timeout; who does not answer is named in the sum. Members count
     * while statistics are switched on for them.
     */
    public StatisticsSum statistics(StatisticsScope scope) {
        requireOpen();
        return engine.management().statistics().sum(scope);
    }

    /** About how many entries there are, expired ones that nobody noticed yet included. */
    public long size() {
        requireOpen();
        return client.entries();
    }

    @Override
    public @Nullable V get(K key) {
        boolean isPlain = sideWork().isNone();
        StoredRecord found = isPlain ? client.read(values.lookup(key)) : null;
        if (found != null) {
            return values.valueOf(found.value());
        }
        requireOpen();
        return isPlain && client.isRemote() ? null : pipeline.get(key);
    }

    @Override
    public Map<K, V> getAll(Set<? extends K> keys) {
        requireOpen();
        return engine.bulk().getAll(keys);
    }

    @Override
    public boolean containsKey(K key) {
        requireOpen();
        return pipeline.contains(key);
    }

    @Override
    public void loadAll(
            Set<? extends K> keys, boolean replaceExistingValues, @Nullable CompletionListener completionListener) {
        requireOpen();
        engine.loadAll(engine.bulk().checked(keys), replaceExistingValues, completionListener);
    }

    @Override
    public void put(K key, V value) {
        requireOpen();
        pipeline.mutate(PUT, new Put(values.keyHandle(key), values.valueHandle(value), rule));
    }

    /** Puts an entry that lives for so long from now, whatever the policy says; the cache must have no writer. */
    void putFor(K key, V value, long lifeMillis) {
        requireOpen();
        ExpiryRule life = new ExpiryRule(lifeMillis, lifeMillis, ExpiryRule.UNCHANGED);
        pipeline.mutateAsIs(PUT, new Put(values.keyHandle(key), values.valueHandle(value), life));
    }

    @Override
    public @Nullable V getAndPut(K key, V value) {
        requireOpen();
        Put put = new Put(values.keyHandle(key), values.valueHandle(value), rule);
        return values.value(pipeline.mutate(GET_AND_PUT, put).before());
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> map) {
        requireOpen();
        engine.bulk().putAll(map);
    }

    @Override
    public boolean putIfAbsent(K key, V value) {
        requireOpen();
        PutIfAbsent put = new PutIfAbsent(values.keyHandle(key), values.valueHandle(value), rule);
        return pipeline.mutate(PUT_IF_ABSENT, put).change() == Change.CREATED;
    }

    @Override
    public boolean remove(K key) {
        requireOpen();
        return pipeline.mutate(REMOVE, new Remove(values.keyHandle(key))).applied();
    }

    @Override
    public boolean remove(K key, V oldValue) {
        requireOpen();
        RemoveIfEqual remove = new RemoveIfEqual(values.keyHandle(key), values.comparand(oldValue), rule);
        return pipeline.mutate(REMOVE_IF_EQUAL, remove).applied();
    }

    @Override
    public @Nullable V getAndRemove(K key) {
        requireOpen();
        return values.value(pipeline.mutate(GET_AND_REMOVE, new Remove(values.keyHandle(key)))
                .before());
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        requireOpen();
        Object handle = values.keyHandle(key);
        Object expected = values.comparand(oldValue);
        ReplaceIfEqual replace = new ReplaceIfEqual(handle, expected, values.valueHandle(newValue), rule);
        return pipeline.mutate(REPLACE_IF_EQUAL, replace).applied();
    }

    @Override
    public boolean replace(K key, V value) {
        requireOpen();
        return pipeline.mutate(REPLACE, new Replace(values.keyHandle(key), values.valueHandle(value), rule))
                .applied();
    }

    @Override
    public @Nullable V getAndReplace(K key, V value) {
        requireOpen();
        Replace replace = new Replace(values.keyHandle(key), values.valueHandle(value), rule);
        return values.value(pipeline.mutate(GET_AND_REPLACE, replace).before());
    }

    @Override
    public void removeAll(Set<? extends K> keys) {
        requireOpen();
        engine.bulk().removeAll(keys);
    }

    @Override
    public void removeAll() {
        requireOpen();
        engine.bulk().removeAll();
    }

    @Override
    public void clear() {
        requireOpen();
        client.clear();
    }

    @Override
    public <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments)
            throws EntryProcessorException {
        requireOpen();
        Objects.requireNonNull(processor, "entryProcessor is null; pass the processor to run");
        return pipeline.invoke(key, processor, arguments);
    }

    @Override
    public <T> Map<K, EntryProcessorResult<T>> invokeAll(
            Set<? extends K> keys, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        requireOpen();
        Objects.requireNonNull(processor, "entryProcessor is null; pass the processor to run");
        return engine.bulk().invokeAll(keys, processor, arguments);
    }

    @Override
    public void close() {
        getCacheManager().close(this);
    }

    @Override
    public Iterator<Cache.Entry<K, V>> iterator() {
        requireOpen();
        return new CacheIterator<>(this, pipeline, values, statistics(), client.scan());
    }
}
