package dev.hypercache.config;

import java.time.Duration;
import java.util.Objects;

/**
 * One of the standard expiry policies of JSR-107 ({@code javax.cache.expiry}) as data.
 *
 * @param policy which policy
 * @param duration its duration; zero for {@link Policy#ETERNAL}, which has none
 */
public record ExpirySetting(Policy policy, Duration duration) {

    /** The five standard policies. */
    public enum Policy {
        ETERNAL,
        CREATED,
        MODIFIED,
        ACCESSED,
        TOUCHED
    }

    public ExpirySetting {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(duration, "duration");
        if (duration.isNegative() || duration.isZero() != (policy == Policy.ETERNAL)) {
            throw new IllegalArgumentException(policy + " cannot have the duration " + duration);
        }
    }
}
