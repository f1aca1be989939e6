package dev.hypercache.jcache.expiry;

import dev.hypercache.config.ExpirySetting;
import java.util.concurrent.TimeUnit;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;

/** The standard policies of JSR-107 from their configured form, {@code created:5m} and its kin. */
public final class StandardPolicies {

    private StandardPolicies() {}

    public static ExpiryPolicy of(ExpirySetting configured) {
        Duration duration =
                new Duration(TimeUnit.MILLISECONDS, configured.duration().toMillis());
        switch (configured.policy()) {
            case CREATED:
                return new CreatedExpiryPolicy(duration);
            case MODIFIED:
                return new ModifiedExpiryPolicy(duration);
            case ACCESSED:
                return new AccessedExpiryPolicy(duration);
            case TOUCHED:
                return new TouchedExpiryPolicy(duration);
            default:
                return new EternalExpiryPolicy();
        }
    }
}
