package dev.hypercache.conformance;

import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * What the statistics bean of a cache says, without the averages.
 *
 * @param puts entries stored
 * @param removals entries removed by a caller
 * @param hits reads that found
 * @param misses reads that did not
 * @param evictions entries that a size bound took
 */
record Counters(long puts, long removals, long hits, long misses, long evictions) {

    static final Counters NONE = of(0, 0, 0, 0);

    static Counters of(long puts, long removals, long hits, long misses) {
        return new Counters(puts, removals, hits, misses, 0);
    }

    static Counters of(Cache<?, ?> cache) {
        CacheStatisticsMXBean bean = statistics(cache);
        return new Counters(
                bean.getCachePuts(),
                bean.getCacheRemovals(),
                bean.getCacheHits(),
                bean.getCacheMisses(),
                bean.getCacheEvictions());
    }

    Counters minus(Counters earlier) {
        return new Counters(
                puts - earlier.puts,
                removals - earlier.removals,
                hits - earlier.hits,
                misses - earlier.misses,
                evictions - earlier.evictions);
    }

    static CacheStatisticsMXBean statistics(Cache<?, ?> cache) {
        return JMX.newMXBeanProxy(
                ManagementFactory.getPlatformMBeanServer(),
                name("CacheStatistics", cache),
                CacheStatisticsMXBean.class);
    }

    /** The name that the TCK computes: what an ObjectName cannot hold becomes a full stop. */
    static ObjectName name(String type, Cache<?, ?> cache) {
        String uri = cache.getCacheManager().getURI().toString();
        try {
            return new ObjectName("javax.cache:type=" + type + ",CacheManager=" + escaped(uri) + ",Cache="
                    + escaped(cache.getName()));
        } catch (MalformedObjectNameException e) {
            throw new AssertionError("No bean can have the name of " + cache.getName(), e);
        }
    }

    private static String escaped(String text) {
        return text.replaceAll("[,:=\n]", ".");
    }
}
