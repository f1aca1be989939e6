package dev.hypercache.conformance;

import dev.hypercache.bootstrap.LocalRing;
import java.net.URI;
import java.util.Properties;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * The provider of the first node of a ring of three within this JVM, for the TCK: named by the system property {@code
 * javax.cache.spi.CachingProvider}. The ring lives as long as the JVM.
 */
public final class RingProvider implements CachingProvider {

    private final LocalRing ring = LocalRing.of(3);
    private final CachingProvider provider = ring.provider(0);

    @Override
    public CacheManager getCacheManager(
            @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
        return provider.getCacheManager(uri, classLoader, properties);
    }

    @Override
    public ClassLoader getDefaultClassLoader() {
        return provider.getDefaultClassLoader();
    }

    @Override
    public URI getDefaultURI() {
        return provider.getDefaultURI();
    }

    @Override
    public Properties getDefaultProperties() {
        return provider.getDefaultProperties();
    }

    @Override
    public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        return provider.getCacheManager(uri, classLoader);
    }

    @Override
    public CacheManager getCacheManager() {
        return provider.getCacheManager();
    }

    @Override
    public void close() {
        provider.close();
    }

    @Override
    public void close(@Nullable ClassLoader classLoader) {
        provider.close(classLoader);
    }

    @Override
    public void close(@Nullable URI uri, @Nullable ClassLoader classLoader) {
        provider.close(uri, classLoader);
    }

    @Override
    public boolean isSupported(OptionalFeature optionalFeature) {
        return provider.isSupported(optionalFeature);
    }
}
