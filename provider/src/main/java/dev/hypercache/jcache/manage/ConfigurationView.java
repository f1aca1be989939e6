package dev.hypercache.jcache.manage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/**
 * A cache's configuration: what it was created with cannot be changed through it; listeners and switches are shown as
 * they are now.
 */
public final class ConfigurationView<K, V> implements CompleteConfiguration<K, V> {

    private static final long serialVersionUID = 1L;

    private final MutableConfiguration<K, V> created;
    private final transient Live<K, V> live;

    /** What may change during the life of a cache. */
    public record Live<K, V>(
            BooleanSupplier statistics,
            BooleanSupplier management,
            Supplier<List<CacheEntryListenerConfiguration<K, V>>> listeners) {}

    /**
     * @param created a copy that nobody else changes
     */
    public ConfigurationView(MutableConfiguration<K, V> created, Live<K, V> live) {
        this.created = created;
        this.live = live;
    }

    /** A copy of any configuration that a caller may hand to {@code createCache}. */
    public static <K, V> MutableConfiguration<K, V> copyOf(Configuration<K, V> given) {
        if (given instanceof CompleteConfiguration<K, V> complete) {
            return new MutableConfiguration<>(complete);
        }
        MutableConfiguration<K, V> copy = new MutableConfiguration<>();
        copy.setTypes(given.getKeyType(), given.getValueType());
        copy.setStoreByValue(given.isStoreByValue());
        return copy;
    }

    /**
     * Read- or write-through without the factory is an invalid configuration (JSR-107, MutableConfiguration).
     *
     * @throws IllegalArgumentException naming the cache and what it lacks
     */
    public static void requireComplete(String cacheName, MutableConfiguration<?, ?> configuration) {
        if (configuration.isReadThrough() && configuration.getCacheLoaderFactory() == null) {
            throw new IllegalArgumentException(
                    "cache '" + cacheName + "' is read-through but has no CacheLoader factory;"
                            + " call setCacheLoaderFactory or setReadThrough(false)");
        }
        if (configuration.isWriteThrough() && configuration.getCacheWriterFactory() == null) {
            throw new IllegalArgumentException(
                    "cache '" + cacheName + "' is write-through but has no CacheWriter factory;"
                            + " call setCacheWriterFactory or setWriteThrough(false)");
        }
    }

    @Override
    public Class<K> getKeyType() {
        return created.getKeyType();
    }

    @Override
    public Class<V> getValueType() {
        return created.getValueType();
    }

    @Override
    public boolean isStoreByValue() {
        return created.isStoreByValue();
    }

    @Override
    public boolean isReadThrough() {
        return created.isReadThrough();
    }

    @Override
    public boolean isWriteThrough() {
        return created.isWriteThrough();
    }

    @Override
    public boolean isStatisticsEnabled() {
        return live.statistics().getAsBoolean();
    }

    @Override
    public boolean isManagementEnabled() {
        return live.management().getAsBoolean();
    }

    @Override
    public Iterable<CacheEntryListenerConfiguration<K, V>> getCacheEntryListenerConfigurations() {
        return List.copyOf(live.listeners().get());
    }

    @Override
    public Factory<CacheLoader<K, V>> getCacheLoaderFactory() {
        return created.getCacheLoaderFactory();
    }

    @Override
    public Factory<CacheWriter<? super K, ? super V>> getCacheWriterFactory() {
        return created.getCacheWriterFactory();
    }

    @Override
    public Factory<ExpiryPolicy> getExpiryPolicyFactory() {
        return created.getExpiryPolicyFactory();
    }

    private Object writeReplace() {
        MutableConfiguration<K, V> now = new MutableConfiguration<>(this);
        return now;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompleteConfiguration<?, ?> configuration
                && new MutableConfiguration<>(this).equals(new MutableConfiguration<>(configuration));
    }

    @Override
    public int hashCode() {
        return new MutableConfiguration<>(this).hashCode();
    }

    /** The listener configurations that a cache is created with. */
    public static <K, V> List<CacheEntryListenerConfiguration<K, V>> listenersOf(CompleteConfiguration<K, V> given) {
        List<CacheEntryListenerConfiguration<K, V>> listeners = new ArrayList<>();
        for (CacheEntryListenerConfiguration<K, V> listener : given.getCacheEntryListenerConfigurations()) {
            listeners.add(listener);
        }
        return listeners;
    }
}
