package dev.hypercache.bootstrap;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Setting;
import dev.hypercache.jcache.HyperCacheManager;
import dev.hypercache.jcache.HyperCachingProvider;
import dev.hypercache.jcache.ManagerCaches;
import dev.hypercache.jcache.expiry.ExpiryNotation;
import dev.hypercache.runtime.call.CacheTrait;
import dev.hypercache.runtime.call.CacheTraits;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.DefinedCache;
import dev.hypercache.runtime.call.NamedCache;
import dev.hypercache.runtime.call.NamedCaches;
import dev.hypercache.runtime.ring.MemberNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The caches of the ring for callers of a node without an application: opened when they are asked for first.
 *
 * <p>They are written at the level and with the standard expiry policy that the ring has for them; else they are what this node's
 * settings say of caches of their names, for the ring keeps no listeners or loaders. If caches of several managers have one name, it is that of the default manager, else the oldest. What the ring has is
 * looked up when a name is not known, and once in {@value #LOOK_MILLIS} ms: so long a cache may be found that was destroyed.
 *
 * <p>What is in them was written by others: it is decoded behind the filter of a ring, which admits data classes of the JDK and
 * what this node's own settings allow.
 */
final class RingCaches implements NamedCaches, AutoCloseable {

    private static final long LOOK_MILLIS = 1_000;

    private final MemberNode node;
    /** By the level of writes that their managers have. */
    private final Map<String, HyperCachingProvider> providers = new HashMap<>();
    /** By name; guarded by itself. */
    private final Map<String, Opened> opened = new HashMap<>();

    private List<DefinedCache> defined = List.of();
    private long lookedAtNanos;
    private boolean looked;

    /** A cache that was opened, under the id that it had. */
    private record Opened(int id, NamedCache cache, Cache<?, ?> handle) {}

    RingCaches(MemberNode node) {
        this.node = node;
        SeatFactory nodes = new SeatFactory(new VisitorSeat(node), false);
        for (ConsistencyLevel level : ConsistencyLevel.values()) {
            providers.put(level.name(), new HyperCachingProvider(nodes));
        }
    }

    @Override
    public @Nullable NamedCache find(String name) {
        DefinedCache wanted = defined(name, false);
        wanted = wanted == null ? defined(name, true) : wanted;
        synchronized (opened) {
            Opened present = opened.get(name);
            if (present != null && (wanted == null || present.id() != wanted.id())) {
                opened.remove(name);
                present.handle().close(); // The ring's cache of that name is another one by now.
            }
            return wanted == null ? null : open(name, wanted);
        }
    }

    private @Nullable DefinedCache defined(String name, boolean anew) {
        String own = ManagerUri.defaultUri().toString();
        DefinedCache found = null;
        for (DefinedCache cache : look(anew)) {
            if (cache.cacheName().equals(name)) {
                found = found == null || cache.managerUri().equals(own) ? cache : found;
            }
        }
        return found;
    }

    private List<DefinedCache> look(boolean anew) {
        long now = System.nanoTime();
        synchronized (opened) {
            if (!anew && looked && now - lookedAtNanos < TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
                return defined;
            }
        }
        List<DefinedCache> newest = node.definitions().confirmed();
        synchronized (opened) {
            defined = newest;
            lookedAtNanos = now;
            looked = true;
            return newest;
        }
    }

    private NamedCache open(String name, DefinedCache wanted) {
        Opened present = opened.get(name);
        if (present != null) {
            return present.cache();
        }
        CacheTraits traits = wanted.traits();
        String level = traits.get(CacheTrait.WRITE_LEVEL);
        HyperCachingProvider provider = providers.get(level);
        if (provider == null) {
            throw new CacheException("cache '" + name + "' is written at level " + level
                    + ", which this version does not know; update this node");
        }
        Properties settings = new Properties();
        settings.setProperty(Setting.CONSISTENCY_WRITE.key(), level);
        HyperCacheManager manager =
                provider.getCacheManager(URI.create(wanted.managerUri()), provider.getDefaultClassLoader(), settings);
        Cache<Object, Object> handle = manager.createCache(name, configuration(traits));
        NamedCache found = new ManagerCaches(manager).find(name);
        if (found == null) {
            throw new IllegalStateException("cache '" + name + "' was closed while it was opened");
        }
        NamedCache cache = traits.writesThrough() ? new ReadOnlyCache(found) : found;
        opened.put(name, new Opened(wanted.id(), cache, handle));
        return cache;
    }

    private static MutableConfiguration<Object, Object> configuration(CacheTraits traits) {
        ExpiryPolicy expiry = ExpiryNotation.policy(traits.get(CacheTrait.EXPIRY));
        MutableConfiguration<Object, Object> configuration = new MutableConfiguration<>();
        return expiry == null ? configuration : configuration.setExpiryPolicyFactory(() -> expiry);
    }

    /** Closes what was opened. */
    @Override
    public void close() {
        providers.values().forEach(HyperCachingProvider::close);
    }
}
