package dev.hypercache.conformance;

import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test the default manager with nothing in it, and closes the provider afterwards. */
final class FreshManager implements BeforeEachCallback, AfterEachCallback {

    /** The name of the cache that {@link #cache} creates. */
    static final String CACHE = "conformance";

    private final Properties properties = new Properties();

    /** Adds a configuration key of the manager, such as a bound of the cache. */
    FreshManager with(String key, String value) {
        properties.setProperty(key, value);
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        provider().close();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        provider().close();
    }

    CachingProvider provider() {
        return Caching.getCachingProvider();
    }

    CacheManager manager() {
        CachingProvider provider = provider();
        return provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader(), properties);
    }

    <K, V> Cache<K, V> cache(Configuration<K, V> configuration) {
        return manager().createCache(CACHE, configuration);
    }

    /** A cache of strings by value with neither loader, writer, listener nor expiry. */
    Cache<String, String> strings() {
        return cache(stringsConfiguration());
    }

    static MutableConfiguration<String, String> stringsConfiguration() {
        return new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    }
}
