package dev.hypercache.jcache.expiry;

import dev.hypercache.core.record.ExpiryRule;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A cache's expiry policy.
 *
 * <p>The five standard policies are read once and become a rule that the leader evaluates. Any other policy is user code
 * and is asked by the caller, once per operation and only for the question that the specification names (JSR-107 §6).
 */
public final class Expiration {

    private final ExpiryPolicy policy;
    private final @Nullable ExpiryRule rule;

    public Expiration(ExpiryPolicy policy) {
        this.policy = policy;
        this.rule = isStandard(policy) ? ruleOf(policy) : null;
    }

    private static boolean isStandard(ExpiryPolicy policy) {
        Class<?> type = policy.getClass();
        return type == EternalExpiryPolicy.class
                || type == CreatedExpiryPolicy.class
                || type == ModifiedExpiryPolicy.class
                || type == AccessedExpiryPolicy.class
                || type == TouchedExpiryPolicy.class;
    }

    private static ExpiryRule ruleOf(ExpiryPolicy policy) {
        return policy.getClass() == EternalExpiryPolicy.class
                ? ExpiryRule.NEVER
                : new ExpiryRule(
                        creationMillis(policy.getExpiryForCreation()),
                        millis(policy.getExpiryForUpdate()),
                        millis(policy.getExpiryForAccess()));
    }

    /** Whether the policy is user code that must be asked. */
    public boolean asks() {
        return rule == null;
    }

    /** The rule that operations carry: the policy's own, or one without end until the policy was asked. */
    public ExpiryRule rule() {
        return rule == null ? ExpiryRule.NEVER : rule;
    }

    /** The rule for one creation. A policy that fails or answers null leaves the entry without end. */
    public ExpiryRule onCreation() {
        if (rule != null) {
            return rule;
        }
        Duration answer = Duration.ETERNAL;
        try {
            answer = policy.getExpiryForCreation();
        } catch (RuntimeException e) {
            // JSR-107: an exception of the policy must not fail the operation.
        }
        return new ExpiryRule(creationMillis(answer), ExpiryRule.UNCHANGED, ExpiryRule.UNCHANGED);
    }

    /** The rule for one update. A policy that fails or answers null leaves the end of life as it is. */
    public ExpiryRule onUpdate() {
        if (rule != null) {
            return rule;
        }
        Duration answer = null;
        try {
            answer = policy.getExpiryForUpdate();
        } catch (RuntimeException e) {
            // As above.
        }
        return new ExpiryRule(ExpiryRule.ETERNAL, millis(answer), ExpiryRule.UNCHANGED);
    }

    /** The rule for one read. A policy that fails or answers null leaves the end of life as it is. */
    public ExpiryRule onAccess() {
        if (rule != null) {
            return rule;
        }
        Duration answer = null;
        try {
            answer = policy.getExpiryForAccess();
        } catch (RuntimeException e) {
            // As above.
        }
        return new ExpiryRule(ExpiryRule.ETERNAL, ExpiryRule.UNCHANGED, millis(answer));
    }

    private static long creationMillis(@Nullable Duration duration) {
        return duration == null ? ExpiryRule.ETERNAL : millis(duration);
    }

    private static long millis(@Nullable Duration duration) {
        if (duration == null) {
            return ExpiryRule.UNCHANGED;
        }
        if (duration.isEternal()) {
            return ExpiryRule.ETERNAL;
        }
        if (duration.isZero()) {
            return 0;
        }
        // A life shorter than the clock's tick is short, not void.
        return Math.max(1, duration.getTimeUnit().toMillis(duration.getDurationAmount()));
    }
}
