package dev.hypercache.storage;

import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.spi.storage.RetentionListener;
import dev.hypercache.spi.storage.RetentionPolicy;
import dev.hypercache.spi.storage.RetentionPolicyContract;

final class CaffeineRetentionTest extends RetentionPolicyContract {

    @Override
    protected RetentionPolicy create(RetentionLimits limits, RetentionListener listener) {
        return new CaffeineRetentions().create(limits, listener);
    }

    @Override
    protected long tickMillis() {
        return CaffeineRetention.TICK_MILLIS;
    }
}
