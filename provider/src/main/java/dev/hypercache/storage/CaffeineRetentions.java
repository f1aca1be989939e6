package dev.hypercache.storage;

import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.spi.storage.RetentionListener;
import dev.hypercache.spi.storage.RetentionPolicy;
import dev.hypercache.spi.storage.RetentionPolicyFactory;

/** Makes retention policies on Caffeine, which is loaded with the first of them. */
public final class CaffeineRetentions implements RetentionPolicyFactory {

    @Override
    public RetentionPolicy create(RetentionLimits limits, RetentionListener listener) {
        return new CaffeineRetention(limits, listener);
    }
}
