package dev.hypercache.jcache;

import static java.util.Objects.requireNonNull;

import dev.hypercache.config.Settings;
import dev.hypercache.jcache.manage.CacheBeans;
import dev.hypercache.jcache.manage.ConfigurationView;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.telemetry.NodeLog;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one URI and one class loader (JSR-107 §5).
 *
 * <p>Without thread, socket and node until the first cache is created, unless its settings say otherwise. Closing it closes them all.
 */
public final class HyperCacheManager implements CacheManager {

    private final HyperCachingProvider provider;
    private final URI uri;
    private final WeakReference<ClassLoader> classLoader;
    private final Properties properties;
    private final Settings settings;
    private final ConcurrentHashMap<String, HyperCache<?, ?>> caches = new ConcurrentHashMap<>();
    private volatile @Nullable ManagerResources resources;
    private final Closing closing = new Closing();
    private final AtomicBoolean warnedOfProperties = new AtomicBoolean();
    private volatile boolean closed;

    HyperCacheManager(
            HyperCachingProvider provider, URI uri, ClassLoader classLoader, Properties properties, Settings settings) {
        this.provider = provider;
        this.uri = uri;
        this.classLoader = new WeakReference<>(classLoader);
        this.properties = properties;
        this.settings = settings;
    }

    @Override
    public HyperCachingProvider getCachingProvider() {
        return provider;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    public @Nullable ClassLoader getClassLoader() {
        return classLoader.get();
    }

    @Override
    public Properties getProperties() {
        return (Properties) properties.clone();
    }

    WeakReference<ClassLoader> classLoaderReference() {
        return classLoader;
    }

    /** This manager was asked for with properties, which counted when it was made: others are without effect. */
    void askedWith(@Nullable Properties asked) {
        if (asked == null || asked.isEmpty() || asked.equals(properties) || warnedOfProperties.getAndSet(true)) {
            return;
        }
        NodeLog.of(HyperCacheManager.class, settings.nodeName())
                .warn("configure")
                .log("Cache manager " + uri + " exists already with other properties; those given now are ignored."
                        + " Close it first, or ask for a manager of another URI.");
    }

    @Override
    public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(String cacheName, C configuration) {
        requireOpen();
        requireNonNull(cacheName, "cacheName is null; name the cache to create");
        requireNonNull(configuration, "configuration is null; pass a MutableConfiguration, for instance");
        CacheBeans.requireNameable(cacheName);
        MutableConfiguration<K, V> copy = ConfigurationView.copyOf(configuration);
        ConfigurationView.requireComplete(cacheName, copy);
        awaitEnd(cacheName);
        synchronized (this) {
            requireOpen();
            if (caches.containsKey(cacheName)) {
                throw new CacheException("cache '" + cacheName + "' exists already in manager " + uri
                        + "; get it with getCache, destroy it first, or choose another name");
            }
            ManagerResources open = resources();
            CacheAssembly<K, V> assembly = new CacheAssembly<>(cacheName, copy, this, open);
            HyperCache<K, V> cache = new HyperCache<>(cacheName, this, assembly);
            try {
                requireOpen(); // One of the application's factories may have closed this manager.
                cache.engine().start(settings.cache(cacheName), copy);
            } catch (RuntimeException | Error e) {
                cache.closeNow(() -> open.metrics().remove(cacheName));
                throw e;
            }
            caches.put(cacheName, cache);
            return cache;
        }
    }

    /** A cache of this name that is being closed makes room for a new one. */
    private void awaitEnd(String cacheName) {
        HyperCache<?, ?> ending = caches.get(cacheName);
        if (ending != null && ending.isClosed()) {
            close(ending);
        }
    }

    /** Starts its node, if the settings say that it does not wait for the first cache. */
    void startIfEager() {
        if (settings.startsAtOnce()) {
            resources();
        }
    }

    private synchronized ManagerResources resources() {
        requireOpen();
        ManagerResources present = resources;
        if (present == null) {
            present = ManagerResources.open(settings, classLoader, provider.nodes(), closing.unwanted());
            resources = present;
            present.node().serve(new ManagerCaches(this));
        }
        return present;
    }

    @Override
    public <K, V> @Nullable Cache<K, V> getCache(String cacheName, Class<K> keyType, Class<V> valueType) {
        requireOpen();
        requireNonNull(keyType, "keyType is null; pass Object.class for an untyped cache");
        requireNonNull(valueType, "valueType is null; pass Object.class for an untyped cache");
        Cache<K, V> cache = getCache(cacheName);
        if (cache != null) {
            ((HyperCache<K, V>) cache).requireTypes(keyType, valueType);
        }
        return cache;
    }

    @Override
    public <K, V> @Nullable Cache<K, V> getCache(String cacheName) {
        requireOpen();
        requireNonNull(cacheName, "cacheName is null; name the cache to get");
        return caches.containsKey(cacheName) ? openCache(cacheName) : join(cacheName);
    }

    /** The cache of that name that is open here; null if none is. */
    @SuppressWarnings("unchecked") // JSR-107 1.1: the untyped lookup trusts its caller.
    <K, V> @Nullable HyperCache<K, V> openCache(String cacheName) {
        HyperCache<?, ?> cache = caches.get(cacheName);
        return cache == null || cache.isClosed() ? null : (HyperCache<K, V>) cache;
    }

    /** Opens a cache that other nodes have open, as they defined it; null if none could be opened, or one is being closed here. */
    private <K, V> @Nullable HyperCache<K, V> join(String cacheName) {
        ManagerResources running = resources; // A manager that has no node yet knows nobody else's caches.
        MutableConfiguration<Object, Object> known =
                running == null ? null : running.known(uri, classLoader.get()).configuration(cacheName);
        if (known == null) {
            return null;
        }
        synchronized (this) {
            if (!caches.containsKey(cacheName)) {
                createCache(cacheName, known);
            }
            return openCache(cacheName);
        }
    }

    @Override
    public Iterable<String> getCacheNames() {
        requireOpen();
        Set<String> names = new LinkedHashSet<>(caches.keySet());
        ManagerResources running = resources;
        if (running != null) {
            names.addAll(running.known(uri, classLoader.get()).names());
        }
        return Collections.unmodifiableSet(names);
    }

    @Override
    public void destroyCache(String cacheName) {
        requireOpen();
        HyperCache<?, ?> own = caches.get(requireNonNull(cacheName, "cacheName is null; name the cache to destroy"));
        HyperCache<?, ?> cache = own == null ? join(cacheName) : own;
        if (cache != null) {
            cache.closeNow(cache.engine().destroying(() -> forget(cache)));
        }
    }

    /** Forgets a cache and ends it; nothing is left of it when this returns. */
    void close(HyperCache<?, ?> cache) {
        cache.closeNow(() -> forget(cache));
    }

    private synchronized void forget(HyperCache<?, ?> cache) {
        ManagerResources open = resources;
        if (caches.remove(cache.getName(), cache) && open != null) {
            open.metrics().remove(cache.getName());
        }
    }

    @Override
    public void enableManagement(String cacheName, boolean enabled) {
        requireOpen();
        HyperCache<?, ?> cache = caches.get(requireNonNull(cacheName, "cacheName"));
        if (cache != null) {
            cache.engine().enableManagement(enabled);
        }
    }

    @Override
    public void enableStatistics(String cacheName, boolean enabled) {
        requireOpen();
        HyperCache<?, ?> cache = caches.get(requireNonNull(cacheName, "cacheName"));
        if (cache != null) {
            cache.engine().enableStatistics(enabled);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "cache manager " + uri + " is closed; get a new one from its caching provider");
        }
    }

    @Override
    public void close() {
        if (!closing.begin()) {
            if (!isOwnThread()) {
                closing.await();
            }
            return;
        }
        synchronized (this) {
            closed = true;
        }
        CloseSequence sequence = new CloseSequence();
        sequence.step(() -> provider.forget(this));
        for (HyperCache<?, ?> cache : List.copyOf(caches.values())) {
            sequence.step(() -> close(cache));
        }
        sequence.step(this::closeResources);
        closing.end();
        sequence.finish();
    }

    private boolean isOwnThread() {
        return caches.values().stream().anyMatch(cache -> cache.engine().isOwnThread());
    }

    private void closeResources() {
        ManagerResources used;
        synchronized (this) {
            used = resources;
            resources = null;
        }
        if (used != null) {
            used.close();
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        Object view =
                resources != null && type == RingOperations.class ? resources().operations() : this;
        if (type.isInstance(view)) {
            return type.cast(view);
        }
        throw new IllegalArgumentException("cache manager " + uri + " cannot be unwrapped to " + type.getName()
                + "; it is a HyperCacheManager, and has RingOperations if it is in a ring");
    }

    @Override
    public String toString() {
        return "HyperCacheManager[" + uri + (closed ? ", closed]" : "]");
    }
}
