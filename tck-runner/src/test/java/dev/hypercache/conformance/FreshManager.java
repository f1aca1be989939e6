package dev.hypercache.conformance;

import dev.hypercache.bootstrap.LocalRing;
import dev.hypercache.jcache.HyperCache;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test the default manager with nothing in it, and closes the provider afterwards.
 *
 * <p>With the system property {@value #RING} each test runs against a node of a fresh ring of so many nodes within this JVM
 * instead. With {@value #PROCESSES} this JVM is one of so many processes that are a ring, and the caches of a test are destroyed
 * after it.
 */
final class FreshManager implements BeforeEachCallback, AfterEachCallback {

    /** The name of the cache that {@link #cache} creates. */
    static final String CACHE = "conformance";

    /** The tag of tests that ask every node what it counted, which nodes in other processes do not tell. */
    static final String ONE_JVM = "one-jvm";

    private static final String RING = "test.ring";
    private static final String PROCESSES = "test.ring.processes";

    private final Properties properties = new Properties();
    private @Nullable LocalRing ring;

    /** Adds a configuration key of the manager, such as a bound of the cache. */
    FreshManager with(String key, String value) {
        properties.setProperty(key, value);
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Integer nodes = Integer.getInteger(RING);
        if (nodes != null) {
            ring = LocalRing.of(nodes);
        }
        Integer processes = Integer.getInteger(PROCESSES);
        if (processes != null) {
            Neighbours.start(processes);
        }
        provider().close();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (Integer.getInteger(PROCESSES) != null) {
            destroyCaches();
        }
        provider().close();
        if (ring != null) {
            ring.close();
        }
    }

    /** Also what is left of a cache whose manager the test has closed. */
    private void destroyCaches() {
        Set<String> names = new TreeSet<>();
        names.add(CACHE);
        manager().getCacheNames().forEach(names::add);
        provider().close();
        for (String name : names) {
            manager().createCache(name, new MutableConfiguration<>());
            manager().destroyCache(name);
        }
    }

    /** Whether a thread belongs to the nodes of a ring, which outlive the managers. */
    static boolean isOfRing(Thread thread) {
        return Integer.getInteger(RING) != null
                && (thread.getName().startsWith("hypercache-ring-")
                        || thread.getName().startsWith("hypercache-local-"));
    }

    CachingProvider provider() {
        return ring == null ? Caching.getCachingProvider() : ring.provider(0);
    }

    CacheManager manager() {
        CachingProvider provider = provider();
        return provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader(), properties);
    }

    <K, V> Cache<K, V> cache(Configuration<K, V> configuration) {
        return manager().createCache(CACHE, configuration);
    }

    /**
     * A cache that is open on every node of the ring, for counts of what the nodes do by themselves: each counts for the slots
     * that it leads.
     */
    <K, V> Cache<K, V> everywhere(CompleteConfiguration<K, V> configuration) {
        Cache<K, V> cache = cache(configuration);
        for (int node = 1; ring != null && node < ring.size(); node++) {
            ring.provider(node)
                    .getCacheManager(cache.getCacheManager().getURI(), null, properties)
                    .createCache(
                            CACHE,
                            new MutableConfiguration<K, V>()
                                    .setTypes(configuration.getKeyType(), configuration.getValueType())
                                    .setWriteThrough(configuration.isWriteThrough())
                                    .setCacheWriterFactory(configuration.getCacheWriterFactory())
                                    .setStatisticsEnabled(configuration.isStatisticsEnabled()));
        }
        return cache;
    }

    /** The evictions that all nodes have counted. */
    long evictions(Cache<?, ?> cache) {
        long evictions = Counters.of(cache).evictions();
        for (int node = 1; ring != null && node < ring.size(); node++) {
            evictions += ((HyperCache<?, ?>) ring.provider(node)
                            .getCacheManager(cache.getCacheManager().getURI(), null, properties)
                            .getCache(CACHE))
                    .statistics()
                    .getCacheEvictions();
        }
        return evictions;
    }

    /** A cache of strings by value with neither loader, writer, listener nor expiry. */
    Cache<String, String> strings() {
        return cache(stringsConfiguration());
    }

    static MutableConfiguration<String, String> stringsConfiguration() {
        return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    }
}
