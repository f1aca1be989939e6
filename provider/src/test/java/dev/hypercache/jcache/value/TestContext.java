package dev.hypercache.jcache.value;

import dev.hypercache.codec.Handles;
import dev.hypercache.config.Settings;
import dev.hypercache.jcache.expiry.Expiration;
import dev.hypercache.runtime.call.RingClient;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import javax.cache.expiry.ExpiryPolicy;

/** Makes what the parts of a cache share, without the cache. */
public final class TestContext {

    private TestContext() {}

    /** The context of a cache of strings that stores by reference. */
    public static CacheContext<String, String> of(String name, RingClient client, ExpiryPolicy policy) {
        return new CacheContext<>(
                name,
                client,
                values(),
                new Expiration(policy),
                NodeMetrics.create(Settings.defaults()).cache(name),
                NodeLog.of(TestContext.class, "test").forCache(name));
    }

    public static Values<String, String> values() {
        return new Values<>(Handles.byReference(), String.class, String.class, undecodable -> {
            throw new AssertionError(undecodable);
        });
    }
}
