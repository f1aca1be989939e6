package dev.hypercache.examples.benchmarks;

import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.cache2k.config.Cache2kConfig;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.jcache.JCacheConfig;

/** The JCache providers under comparison, each chosen by its class name, so that all may share one class path. */
public enum Provider {
    /** This project. */
    HYPERCACHE("HyperCache", "dev.hypercache.jcache.HyperCachingProvider"),
    /** Caffeine's JCache adapter; unbounded unless configured otherwise. */
    CAFFEINE("Caffeine", "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider"),
    /** Ehcache 3; unbounded on the heap unless configured otherwise. */
    EHCACHE("Ehcache", "org.ehcache.jsr107.EhcacheCachingProvider"),
    /** cache2k's JCache adapter; bounded by 2000 entries unless configured otherwise. */
    CACHE2K("cache2k", "org.cache2k.jcache.provider.JCacheProvider") {
        @Override
        <K, V> MutableConfiguration<K, V> newConfiguration() {
            Cache2kConfig<K, V> unbounded = new Cache2kConfig<>();
            unbounded.setEntryCapacity(Long.MAX_VALUE);
            // With a configuration of its own, cache2k ignores store-by-value unless told to heed it.
            JCacheConfig section = new JCacheConfig();
            section.setCopyAlwaysIfRequested(true);
            unbounded.getSections().add(section);
            return ExtendedMutableConfiguration.of(unbounded);
        }
    };

    private final String label;
    private final String className;

    Provider(String label, String className) {
        this.label = label;
        this.className = className;
    }

    String label() {
        return label;
    }

    /** Opens the provider's default manager; closing it is left to the caller. */
    CacheManager openManager() {
        return Caching.getCachingProvider(className).getCacheManager();
    }

    /**
     * A configuration without a bound on the number of entries, and else with this provider's defaults. Types are not
     * declared: cache2k refuses arrays as declared types, and checking them would be extra work for some providers.
     */
    <K, V> MutableConfiguration<K, V> unbounded(Storage storage) {
        MutableConfiguration<K, V> configuration = newConfiguration();
        return configuration.setStoreByValue(storage == Storage.VALUE);
    }

    <K, V> MutableConfiguration<K, V> newConfiguration() {
        return new MutableConfiguration<>();
    }
}
