package dev.hypercache.examples.ring;

import dev.hypercache.examples.proofs.Proof;
import dev.hypercache.examples.proofs.ProofFolder;
import dev.hypercache.jcache.HyperCache;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.spi.security.TlsFiles;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** HyperCache: {@link View#PRIMARY} is the level QUORUM, which is the default, and {@link View#NEAREST} is ONE. */
final class HyperCacheGrid implements Grid {

    private static final String PROVIDER = "dev.hypercache.jcache.HyperCachingProvider";
    private static final String NAME = "ring";
    private static final int READS = 8;
    private static final int SLOTS = 1_024;
    private static final long LOOK_MILLIS = 20;
    private static final int ATTEMPTS = 12;

    private final int members;
    private final CacheManager manager;
    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    private HyperCacheGrid(Seat seat, Properties properties) {
        members = seat.members();
        properties.setProperty("hypercache.seeds", String.join(",", seat.addresses()));
        properties.setProperty("hypercache.metrics.jmx", "on");
        CachingProvider provider = Caching.getCachingProvider(PROVIDER);
        manager = provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader(), properties);
    }

    static HyperCacheGrid client(Seat first) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.mode", "client");
        return new HyperCacheGrid(first, properties);
    }

    static HyperCacheGrid member(Seat seat, Proof proof) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.bind", seat.addresses().get(seat.number()));
        properties.setProperty("hypercache.replication.factor", Integer.toString(COPIES));
        switch (proof) {
            case CERTIFICATES -> nameCertificate(properties, ProofFolder.given().certificateOf(seat.name()));
            case KEYS -> name(properties, "hmac.keys.file", ProofFolder.given().keys());
            case NONE -> {
                // On loopback addresses nobody has to prove anything.
            }
        }
        return new HyperCacheGrid(seat, properties);
    }

    private static void nameCertificate(Properties properties, TlsFiles files) {
        name(properties, "tls.cert", files.certificate());
        name(properties, "tls.key", files.key());
        name(properties, "tls.trust", files.trust());
    }

    private static void name(Properties properties, String setting, @Nullable Path file) {
        properties.setProperty(
                "hypercache.security." + setting,
                Objects.requireNonNull(file, setting).toString());
    }

    /** The first cache waits for the ring, which is there once all members are; on a busy machine its first leader comes late. */
    @Override
    public void awaitMembers() {
        for (int i = 1; i < ATTEMPTS; i++) {
            try {
                opened();
                return;
            } catch (CacheException e) {
                System.err.println("attempt " + i + ": " + e);
            }
        }
        opened();
    }

    @Override
    public void awaitShare() throws InterruptedException {
        opened();
        while (metric("hypercache_dist_slots_held", "Value") * 10 * members < SLOTS * COPIES * 9L
                || metric("hypercache_dist_slots_led", "Value") * 10 * members < SLOTS * 9L) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public Cache<String, byte[]> cache(View view) {
        Cache<String, byte[]> cache = opened();
        return view == View.NEAREST ? atOne(cache) : cache;
    }

    private synchronized Cache<String, byte[]> opened() {
        Cache<String, byte[]> open = manager.getCache(NAME);
        return open == null ? manager.createCache(NAME, new MutableConfiguration<>()) : open;
    }

    @SuppressWarnings("unchecked") // It is what the manager returned.
    private static Cache<String, byte[]> atOne(Cache<String, byte[]> cache) {
        return ((HyperCache<String, byte[]>) cache.unwrap(HyperCache.class)).withConsistency(ConsistencyLevel.ONE);
    }

    /** The node's metrics tell who performed a write, and whether reads of any copy had to leave the process. */
    @Override
    public Place placeOf(String key) {
        Cache<String, byte[]> cache = opened();
        byte[] value = cache.get(key);
        long ledHere = metric("hypercache_dist_requests_led_here", "Count");
        cache.put(key, value);
        if (metric("hypercache_dist_requests_led_here", "Count") > ledHere) {
            return Place.HERE;
        }
        Cache<String, byte[]> nearest = atOne(cache);
        long framesOut = metric("hypercache_dist_transport_frames_out", "Count");
        for (int i = 0; i < READS; i++) {
            nearest.get(key);
        }
        return metric("hypercache_dist_transport_frames_out", "Count") - framesOut < READS
                ? Place.ELSEWHERE
                : Place.FAR;
    }

    @Override
    public long redirects() {
        return metric("hypercache_dist_requests_redirected", "Count");
    }

    private long metric(String name, String attribute) {
        try {
            ObjectName pattern = new ObjectName("dev.hypercache:name=" + name + ",*");
            ObjectName bean = beans.queryNames(pattern, null).iterator().next();
            return ((Number) beans.getAttribute(bean, attribute)).longValue();
        } catch (JMException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
