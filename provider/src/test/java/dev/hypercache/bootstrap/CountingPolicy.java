package dev.hypercache.bootstrap;

import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** A policy of the application's, which counts what it is asked. */
final class CountingPolicy implements ExpiryPolicy {
    int accesses;

    @Override
    public Duration getExpiryForCreation() {
        return Duration.ONE_DAY;
    }

    @Override
    public Duration getExpiryForAccess() {
        accesses++;
        return Duration.ONE_HOUR;
    }

    @Override
    public Duration getExpiryForUpdate() {
        return Duration.ONE_DAY;
    }
}
