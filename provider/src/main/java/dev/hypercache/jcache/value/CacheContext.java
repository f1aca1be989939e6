package dev.hypercache.jcache.value;

import dev.hypercache.jcache.expiry.Expiration;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;

/**
 * What everything that works on one cache shares.
 *
 * @param cacheName the cache's name
 * @param client the cache on its node
 * @param values the border to the application's objects
 * @param expiration the cache's expiry policy
 * @param metrics where the cache counts
 * @param log where the cache logs
 */
public record CacheContext<K, V>(
        String cacheName,
        RingClient client,
        Values<K, V> values,
        Expiration expiration,
        MetricSet metrics,
        NodeLog log) {

    /** The same for calls at another level. */
    public CacheContext<K, V> at(ConsistencyLevel level) {
        return new CacheContext<>(cacheName, client.at(level), values, expiration, metrics, log);
    }
}
