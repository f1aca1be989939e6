package dev.hypercache.cluster;

import dev.hypercache.jcache.HyperCache;
import dev.hypercache.runtime.call.ConsistencyLevel;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/**
 * The caches of a {@link Mix} at one node.
 *
 * @param plain everything but what needs a cache of its own
 * @param counters numbers that only grow
 * @param brief entries live for a moment
 * @param all views of a cache whose every write waits for all replicas
 * @param near the same cache, read from one complete copy
 * @param loose a cache whose writes nobody orders
 * @param looseNear the same, read from one copy
 */
record MixCaches(
        Cache<String, String> plain,
        Cache<String, String> counters,
        Cache<String, String> brief,
        Cache<String, String> all,
        Cache<String, String> near,
        Cache<String, String> loose,
        Cache<String, String> looseNear) {

    static final String PLAIN = "plain";
    static final String COUNTERS = "counters";
    static final String BRIEF = "brief";
    static final String LEVELS = "levels";

    /** Its consistency.write is ONE by the settings of the ring. */
    static final String LOOSE = "loose";

    private static final Duration MOMENT = new Duration(TimeUnit.MILLISECONDS, 300);

    static MixCaches open(CacheManager manager) {
        Cache<String, String> levels = manager.createCache(LEVELS, new MutableConfiguration<>());
        Cache<String, String> loose = manager.createCache(LOOSE, new MutableConfiguration<>());
        return new MixCaches(
                manager.createCache(PLAIN, new MutableConfiguration<>()),
                manager.createCache(COUNTERS, new MutableConfiguration<>()),
                manager.createCache(
                        BRIEF,
                        new MutableConfiguration<String, String>()
                                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(MOMENT))),
                at(ConsistencyLevel.ALL, levels),
                at(ConsistencyLevel.ONE, levels),
                loose,
                at(ConsistencyLevel.ONE, loose));
    }

    private static Cache<String, String> at(ConsistencyLevel level, Cache<String, String> cache) {
        return ((HyperCache<String, String>) cache).withConsistency(level);
    }

    /** The cache of a name, for looking at what is left in it: the loose one as this node's copy has it. */
    Cache<String, String> named(String name) {
        return switch (name) {
            case PLAIN -> plain;
            case COUNTERS -> counters;
            case LOOSE -> looseNear;
            default -> throw new IllegalArgumentException("nobody looks at cache " + name);
        };
    }
}
