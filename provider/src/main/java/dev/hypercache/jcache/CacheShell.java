package dev.hypercache.jcache;

import dev.hypercache.jcache.value.SideWork;
import java.io.Closeable;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;

/** What a cache is beside its entries: its name, its manager, its listeners and its end. */
abstract class CacheShell<K, V> implements Cache<K, V> {

    private final String name;
    private final HyperCacheManager manager;
    private final SideWork sideWork;

    CacheShell(String name, HyperCacheManager manager, SideWork sideWork) {
        this.name = name;
        this.manager = manager;
        this.sideWork = sideWork;
    }

    abstract CacheEngine<K, V> engine();

    SideWork sideWork() {
        return sideWork;
    }

    void requireOpen() {
        if (isClosed()) {
            throw new IllegalStateException("cache '" + name + "' is closed; get or create it again from its manager");
        }
    }

    @Override
    public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
        if (type.isInstance(configuration())) {
            return type.cast(configuration());
        }
        throw new IllegalArgumentException("the configuration of cache '" + name + "' cannot be had as "
                + type.getName() + "; ask for CompleteConfiguration or Configuration");
    }

    /** JSR-107 §5: a cache is had with the types that it is configured with. */
    void requireTypes(Class<?> keyType, Class<?> valueType) {
        requireType("keys", keyType, configuration().getKeyType());
        requireType("values", valueType, configuration().getValueType());
    }

    private void requireType(String what, Class<?> asked, Class<?> configured) {
        if (asked != configured) {
            throw new ClassCastException("cache '" + name + "' is configured for " + what + " of "
                    + configured.getName() + ", not of " + asked.getName() + "; ask for the configured types");
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public HyperCacheManager getCacheManager() {
        return manager;
    }

    /** Ends the cache once, with a last step; whoever comes later waits for the end. */
    void closeNow(Closeable last) {
        sideWork.set(SideWork.CLOSED, true);
        engine().close(last);
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
        engine().parts().events().register(configuration);
        engine().context().client().listenersChanged();
    }

    @Override
    public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> configuration) {
        requireOpen();
        Objects.requireNonNull(configuration, "cacheEntryListenerConfiguration");
        engine().deregister(configuration);
    }

    @Override
    public String toString() {
        return "HyperCache['" + name + "' of " + manager.getURI() + (isClosed() ? ", closed]" : "]");
    }

    CompleteConfiguration<K, V> configuration() {
        return engine().management().configuration();
    }
}
