package dev.hypercache.jcache;

import dev.hypercache.codec.CodecRegistry;
import dev.hypercache.codec.Handles;
import dev.hypercache.config.CacheSettings;
import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Setting;
import dev.hypercache.jcache.event.EventDispatcher;
import dev.hypercache.jcache.expiry.Expiration;
import dev.hypercache.jcache.expiry.StandardPolicies;
import dev.hypercache.jcache.manage.CacheBeans;
import dev.hypercache.jcache.manage.CacheStatistics;
import dev.hypercache.jcache.manage.ConfigurationView;
import dev.hypercache.jcache.manage.ScopedStatistics;
import dev.hypercache.jcache.through.Invalidations;
import dev.hypercache.jcache.through.LoadExecutor;
import dev.hypercache.jcache.through.ReadThrough;
import dev.hypercache.jcache.through.WriteThrough;
import dev.hypercache.jcache.value.CacheContext;
import dev.hypercache.jcache.value.FactoryCall;
import dev.hypercache.jcache.value.RingHandles;
import dev.hypercache.jcache.value.SideWork;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.CacheSpec;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.Levels;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import java.io.Closeable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.jspecify.annotations.Nullable;

/** Puts one cache together from the caller's configuration and the manager's settings. */
final class CacheAssembly<K, V> {

    private final String name;
    private final MutableConfiguration<K, V> configuration;
    private final CacheSettings settings;
    private final HyperCacheManager manager;
    private final ManagerResources resources;
    private final SideWork sideWork = new SideWork();
    /** What the application made and wants to be closed. */
    private final List<Closeable> closeables = new ArrayList<>();
    /** What must be closed besides if the cache cannot be made. */
    private final List<Closeable> undoing = new ArrayList<>();

    CacheAssembly(
            String name,
            MutableConfiguration<K, V> configuration,
            HyperCacheManager manager,
            ManagerResources resources) {
        this.name = name;
        this.configuration = configuration;
        this.settings = resources.settings().cache(name);
        this.manager = manager;
        this.resources = resources;
    }

    SideWork sideWork() {
        return sideWork;
    }

    /** Makes the cache, or closes what has been made of it. */
    CacheEngine<K, V> assemble(HyperCache<K, V> cache) {
        try {
            return assembleParts(cache);
        } catch (RuntimeException | Error e) {
            undo(e);
            throw e;
        }
    }

    private void undo(Throwable failure) {
        CloseSequence sequence = new CloseSequence();
        for (Closeable closeable : closeables) {
            sequence.step(closeable);
        }
        for (Closeable made : undoing) {
            sequence.step(made);
        }
        sequence.step(() -> resources.metrics().remove(name));
        try {
            sequence.finish();
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }

    private static <K, V> void end(EventDispatcher<K, V> events) {
        CloseSequence sequence = new CloseSequence();
        for (Closeable listener : events.close()) {
            sequence.step(listener);
        }
        sequence.finish();
    }

    private CacheEngine<K, V> assembleParts(HyperCache<K, V> cache) {
        MetricSet metrics = resources.metrics().cache(name);
        NodeLog log = resources.log().forCache(name);
        ExpiryPolicy expiry = expiryPolicy();
        Expiration expiration = new Expiration(expiry);
        Levels levels = levels();
        String codec = resources.settings().codecDefault().name();
        CacheTraits traits = CacheStatement.of(configuration, levels, limits(), expiry, codec);
        String managerName = ManagerUri.of(manager.getURI()).sharedName();
        int id = resources.node().ringId(DefinedCache.nameOf(managerName, name), traits);
        Closeable seat = () -> resources.node().quit(id, traits);
        undoing.add(seat);
        Handles handles = handles(id);
        Values<K, V> values =
                new Values<>(handles, configuration.getKeyType(), configuration.getValueType(), undecodable -> {
                    metrics.count(MetricName.UNDECODABLE_VALUES);
                    log.warn("decode").setCause(undecodable).log("A value cannot be decoded and counts as absent.");
                });
        WeakReference<ClassLoader> loader = manager.classLoaderReference();
        long timeoutMillis = resources.settings().requestTimeout().toMillis();
        CacheStatistics statistics = new CacheStatistics(metrics, sideWork);
        EventDispatcher<K, V> events = new EventDispatcher<>(
                cache, values, new EventDispatcher.Surroundings(metrics, log, loader, timeoutMillis, sideWork));
        undoing.add(() -> end(events));
        RingClient client = resources
                .node()
                .openCache(new CacheSpec(
                        name,
                        id,
                        values,
                        values,
                        limits(),
                        isEternal(expiration),
                        new CountingObserver(statistics, events)))
                .at(levels);
        undoing.add(client::close);
        CacheContext<K, V> context = new CacheContext<>(name, client, values, expiration, metrics, log);
        sideWork.set(
                SideWork.ACCESS_EXPIRY, expiration.asks() || expiration.rule().dependsOnAccess());
        CacheParts<K, V> parts = new CacheParts<>(
                statistics, events, loader(context), configuration.isReadThrough(), writer(context, events));
        sideWork.set(SideWork.READ_THROUGH, parts.readThrough() != null);
        OperationPipeline<K, V> pipeline = new OperationPipeline<>(context, parts, sideWork);
        for (CacheEntryListenerConfiguration<K, V> listener : ConfigurationView.listenersOf(configuration)) {
            events.register(listener);
        }
        if (events.isListening()) {
            client.listenersChanged();
        }
        return new CacheEngine<>(
                context,
                parts,
                pipeline,
                new BulkOperations<>(context, parts, pipeline),
                management(
                        ScopedStatistics.of(statistics, client.statistics(), resources.settings()),
                        events,
                        kind -> new LoadExecutor(kind, name, loader, timeoutMillis),
                        seat));
    }

    private Handles handles(int id) {
        CodecRegistry codecs = resources.codecs();
        Class<K> keyType = configuration.getKeyType();
        Class<V> valueType = configuration.getValueType();
        if (id == CacheSpec.NO_ID) {
            return configuration.isStoreByValue() ? codecs.byValue(name, keyType, valueType) : Handles.byReference();
        }
        return new RingHandles(name, id, codecs, keyType, valueType);
    }

    private Levels levels() {
        return new Levels(
                levelOr(settings.consistencyRead(ConsistencyLevel.class), Setting.CONSISTENCY_READ),
                levelOr(settings.consistencyWrite(ConsistencyLevel.class), Setting.CONSISTENCY_WRITE));
    }

    private ConsistencyLevel levelOr(@Nullable ConsistencyLevel own, Setting common) {
        return own == null ? resources.settings().choice(common, ConsistencyLevel.class) : own;
    }

    private static boolean isEternal(Expiration expiration) {
        return !expiration.asks() && expiration.rule().isEternal();
    }

    private CacheEngine.Management<K, V> management(
            ScopedStatistics statistics,
            EventDispatcher<K, V> events,
            Function<LoadExecutor.Kind, LoadExecutor> executors,
            Closeable seat) {
        CacheBeans beans = new CacheBeans(manager.getURI().toString(), name);
        ConfigurationView<K, V> view = new ConfigurationView<>(
                configuration,
                new ConfigurationView.Live<>(
                        statistics::isEnabled, beans::isConfigurationPublished, events::configurations));
        return new CacheEngine.Management<>(
                beans,
                statistics,
                view,
                executors.apply(LoadExecutor.Kind.LOADS),
                executors.apply(LoadExecutor.Kind.CALLS),
                closeables,
                seat,
                new Closing());
    }

    private RetentionLimits limits() {
        Long maxEntries = settings.maxEntries();
        Long maxBytes = settings.maxBytes();
        if (maxBytes != null && !configuration.isStoreByValue()) {
            throw new CacheException("cache '" + name + "' stores by reference and has max.bytes=" + maxBytes
                    + "; bytes can be counted only of values that are copied. Use setStoreByValue(true), or"
                    + " hypercache.cache." + name + ".max.entries");
        }
        return new RetentionLimits(
                maxEntries == null ? RetentionLimits.UNBOUNDED : maxEntries,
                maxBytes == null ? RetentionLimits.UNBOUNDED : maxBytes);
    }

    private ExpiryPolicy expiryPolicy() {
        if (settings.expiry() != null) {
            return StandardPolicies.of(settings.expiry());
        }
        return closing(FactoryCall.made(name, "expiry policy", configuration.getExpiryPolicyFactory()));
    }

    private @Nullable ReadThrough<K, V> loader(CacheContext<K, V> context) {
        Factory<CacheLoader<K, V>> factory = configuration.getCacheLoaderFactory();
        return factory == null
                ? null
                : new ReadThrough<>(context, closing(FactoryCall.made(name, "cache loader", factory)));
    }

    private @Nullable WriteThrough<K, V> writer(CacheContext<K, V> context, EventDispatcher<K, V> events) {
        Factory<CacheWriter<? super K, ? super V>> factory = configuration.getCacheWriterFactory();
        if (factory == null) {
            return null;
        }
        CacheWriter<? super K, ? super V> writer = closing(FactoryCall.made(name, "cache writer", factory));
        if (!configuration.isWriteThrough()) {
            return null;
        }
        MetricSet metrics = context.metrics();
        return new WriteThrough<>(writer, metrics, new Invalidations(context.client(), metrics, events::settle));
    }

    private <T> T closing(T made) {
        if (made instanceof Closeable closeable) {
            closeables.add(closeable);
        }
        return made;
    }
}
