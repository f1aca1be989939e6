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
import dev.hypercache.jcache.value.SideWork;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.RingClient;
import java.io.Closeable;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/**
 * A cache of HyperCache (JSR-107 1.1).
 *
 * <p>Safe for use by any number of threads. Methods beyond the standard are {@link #statistics} and {@link #size}.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class HyperCache<K, V> implements Cache<K, V> {

    private final String name;
    private final HyperCacheManager manager;
    private final CacheEngine<K, V> engine;
    private final OperationPipeline<K, V> pipeline;
    private final Values<K, V> values;
    private final ExpiryRule rule;
    private final RingClient client;
    private final SideWork sideWork;

    HyperCache(String name, HyperCacheManager manager, CacheAssembly<K, V> assembly) {
        this.name = name;
        this.manager = manager;
        this.sideWork = assembly.sideWork();
        this.engine = assembly.assemble(this);
        this.pipeline = engine.pipeline();
        this.values = engine.context().values();
        this.rule = pipeline.rule();
        this.client = engine.context().client();
    }

    CacheEngine<K, V> engine() {
        return engine;
    }

    CompleteConfiguration<K, V> configuration() {
        return engine.management().configuration();
    }

    void requireOpen() {
        if (isClosed()) {
            throw new IllegalStateException("cache '" + name + "' is closed; get or create it again from its manager");
        }
    }

    void awaitListeners() {
        engine.parts().events().await();
    }

    /** What the callers of this JVM did to this cache; counts only while statistics are switched on. */
    public CacheStatistics statistics() {
        return engine.parts().statistics();
    }

    /** About how many entries there are, expired ones that nobody noticed yet included. */
    public long size() {
        requireOpen();
        return client.entries();
    }

    @Override
    public @Nullable V get(K key) {
        StoredRecord found = sideWork.isNone() ? client.read(values.lookup(key)) : null;
        if (found != null) {
            return values.valueOf(found.value());
        }
        requireOpen();
        return pipeline.get(key);
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
    public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
        if (type.isInstance(configuration())) {
            return type.cast(configuration());
        }
        throw new IllegalArgumentException("the configuration of cache '" + name + "' cannot be had as "
                + type.getName() + "; ask for CompleteConfiguration or Configuration");
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
    public String getName() {
        return name;
    }

    @Override
    public HyperCacheManager getCacheManager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close(this);
    }

    /** Ends the cache once, with a last step; whoever comes later waits for the end. */
    void closeNow(Closeable last) {
        sideWork.set(SideWork.CLOSED, true);
        engine.close(last);
    }

    @Override
    public boolean isClosed() {
        return sideWork.has(SideWork.CLOSED);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("cache '" + name + "' cannot be unwrapped to " + type.getName()
                + "; it is a " + HyperCache.class.getName());
    }

    @Override
    public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        requireOpen();
        Objects.requireNonNull(configuration, "cacheEntryListenerConfiguration");
        engine.parts().events().register(configuration);
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        requireOpen();
        Objects.requireNonNull(configuration, "cacheEntryListenerConfiguration");
        engine.deregister(configuration);
    }

    @Override
    public Iterator<Cache.Entry<K, V>> iterator() {
        requireOpen();
        return new CacheIterator<>(this, pipeline, values, statistics(), client.scan());
    }

    @Override
    public String toString() {
        return "HyperCache['" + name + "' of " + manager.getURI() + (isClosed() ? ", closed]" : "]");
    }
}
