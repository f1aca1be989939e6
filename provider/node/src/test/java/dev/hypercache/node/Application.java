package dev.hypercache.node;

import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** This JVM as an application whose node is a member of a ring. */
final class Application implements AutoCloseable {

    private final CacheManager manager;

    Application(Properties settings) {
        CachingProvider provider = Caching.getCachingProvider();
        manager = provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader(), settings);
    }

    CacheManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
