package dev.hypercache.jcache;

import dev.hypercache.config.ConfigurationException;
import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.runtime.call.NodeFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.WeakHashMap;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * HyperCache as a JCache provider (JSR-107 §5): {@code Caching.getCachingProvider()} finds it on the class path.
 *
 * <p>One manager per URI and class loader. Asking for a manager reads its configuration and starts nothing, unless
 * {@code hypercache.start} says so; what is wrong with the configuration is reported here, all at once.
 *
 * <p>A class loader is held weakly while its managers have no caches. Caches refer to classes of their application, so
 * whoever discards a class loader that has caches calls {@link #close(ClassLoader)} first.
 */
public final class HyperCachingProvider implements CachingProvider {

    private final Map<ClassLoader, Map<URI, HyperCacheManager>> managers = new WeakHashMap<>();
    private final @Nullable NodeFactory nodes;

    /** A provider whose managers have the nodes that their settings ask for; JCache finds it by this constructor. */
    public HyperCachingProvider() {
        this.nodes = null;
    }

    /**
     * A provider whose managers have nodes of another making, such as members of a ring within this JVM. JCache does not
     * find it: whoever makes it hands it round.
     *
     * @param nodes makes the node of a manager when its first cache is created
     */
    public HyperCachingProvider(NodeFactory nodes) {
        this.nodes = Objects.requireNonNull(nodes, "nodes");
    }

    /** Makes the nodes of this provider's managers; null for those that their settings ask for. */
    @Nullable
    NodeFactory nodes() {
        return nodes;
    }

    @Override
    public HyperCacheManager getCacheManager(
            @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
        URI managerUri = uri == null ? getDefaultURI() : uri;
        ClassLoader loader = classLoader == null ? getDefaultClassLoader() : classLoader;
        HyperCacheManager created;
        synchronized (managers) {
            Map<URI, HyperCacheManager> ofLoader = managers.get(loader);
            HyperCacheManager present = ofLoader == null ? null : ofLoader.get(managerUri);
            if (present != null) {
                present.askedWith(properties);
                return present;
            }
            created = create(managerUri, loader, properties);
            if (ofLoader == null) {
                ofLoader = new HashMap<>();
                managers.put(loader, ofLoader);
            }
            ofLoader.put(managerUri, created);
        }
        start(created);
        return created;
    }

    /** Without the lock: it may wait for other nodes. */
    private static void start(HyperCacheManager created) {
        try {
            created.startIfEager();
        } catch (RuntimeException | Error e) {
            created.close();
            throw e;
        }
    }

    private HyperCacheManager create(URI uri, ClassLoader loader, @Nullable Properties given) {
        Properties properties = new Properties();
        if (given != null) {
            properties.putAll(given);
        }
        Settings settings = Settings.load(ManagerUri.of(uri), given, Sources.ofJvm(loader));
        return new HyperCacheManager(this, uri, loader, properties, settings);
    }

    @Override
    public ClassLoader getDefaultClassLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? HyperCachingProvider.class.getClassLoader() : context;
    }

    @Override
    public URI getDefaultURI() {
        return ManagerUri.defaultUri();
    }

    @Override
    public Properties getDefaultProperties() {
        return new Properties();
    }

    @Override
    public HyperCacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        return getCacheManager(uri, classLoader, null);
    }

    @Override
    public HyperCacheManager getCacheManager() {
        return getCacheManager(null, null, null);
    }

    @Override
    public void close() {
        closeAll(null, null);
    }

    /** Closes the managers of a class loader, where null stands for {@link #getDefaultClassLoader()}. */
    @Override
    public void close(@Nullable ClassLoader classLoader) {
        closeAll(classLoader == null ? getDefaultClassLoader() : classLoader, null);
    }

    /** Closes the manager of a URI and a class loader, where null stands for the default. */
    @Override
    public void close(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        closeAll(classLoader == null ? getDefaultClassLoader() : classLoader, uri == null ? getDefaultURI() : uri);
    }

    /** Closes the managers of a class loader and a URI, where null stands for any; each of them, whatever fails. */
    private void closeAll(@Nullable ClassLoader classLoader, @Nullable URI uri) {
        List<HyperCacheManager> closing = new ArrayList<>();
        synchronized (managers) {
            for (Map.Entry<ClassLoader, Map<URI, HyperCacheManager>> ofLoader : managers.entrySet()) {
                if (classLoader == null || classLoader == ofLoader.getKey()) {
                    collect(ofLoader.getValue(), uri, closing);
                }
            }
        }
        CloseSequence sequence = new CloseSequence();
        for (HyperCacheManager manager : closing) {
            sequence.step(manager::close);
        }
        sequence.finish();
    }

    private static void collect(
            Map<URI, HyperCacheManager> ofLoader, @Nullable URI uri, List<HyperCacheManager> collected) {
        for (HyperCacheManager manager : ofLoader.values()) {
            if (uri == null || uri.equals(manager.getURI())) {
                collected.add(manager);
            }
        }
    }

    void forget(HyperCacheManager manager) {
        synchronized (managers) {
            for (Map<URI, HyperCacheManager> ofLoader : managers.values()) {
                ofLoader.remove(manager.getURI(), manager);
            }
            managers.values().removeIf(Map::isEmpty);
        }
    }

    /** Store by reference is supported exactly when the default manager is embedded: references do not cross a network. */
    @Override
    public boolean isSupported(OptionalFeature optionalFeature) {
        if (optionalFeature != OptionalFeature.STORE_BY_REFERENCE) {
            return false;
        }
        try {
            return ManagerResources.factoryOr(nodes)
                    .holdsReferences(Settings.load(
                            ManagerUri.of(getDefaultURI()), null, Sources.ofJvm(getDefaultClassLoader())));
        } catch (ConfigurationException e) {
            return false; // The same failure is reported in full when the manager is asked for.
        }
    }
}
