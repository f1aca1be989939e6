package dev.hypercache.jcache.expiry;

import java.util.concurrent.TimeUnit;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Expiry policies as texts that nodes compare: the five standard ones by name and duration, such as {@code created:300000ms} or
 * {@code touched:eternal}, any other as {@code custom:} and its class.
 */
public final class ExpiryNotation {

    private static final String ETERNAL = "eternal";
    private static final String CREATED = "created";
    private static final String MODIFIED = "modified";
    private static final String ACCESSED = "accessed";
    private static final String TOUCHED = "touched";
    private static final String CUSTOM = "custom";
    private static final String MILLIS = "ms";

    private ExpiryNotation() {}

    /** The text of a policy. */
    public static String of(ExpiryPolicy policy) {
        Class<?> type = policy.getClass();
        if (type == EternalExpiryPolicy.class) {
            return ETERNAL;
        }
        String name = nameOf(type);
        return name.equals(CUSTOM)
                ? CUSTOM + ":" + type.getName()
                : name + ":" + durationText(policy.getExpiryForCreation());
    }

    private static String nameOf(Class<?> type) {
        if (type == CreatedExpiryPolicy.class) {
            return CREATED;
        }
        if (type == ModifiedExpiryPolicy.class) {
            return MODIFIED;
        }
        if (type == AccessedExpiryPolicy.class) {
            return ACCESSED;
        }
        return type == TouchedExpiryPolicy.class ? TOUCHED : CUSTOM;
    }

    private static String durationText(@Nullable Duration duration) {
        if (duration == null || duration.isEternal()) {
            return ETERNAL;
        }
        return duration.getTimeUnit().toMillis(duration.getDurationAmount()) + MILLIS;
    }

    /** The policy of a text; null if it is none of the standard ones, whose code only its application has. */
    public static @Nullable ExpiryPolicy policy(String text) {
        if (text.equals(ETERNAL)) {
            return new EternalExpiryPolicy();
        }
        int colon = text.indexOf(':');
        Duration duration = colon < 0 ? null : durationOf(text.substring(colon + 1));
        if (duration == null) {
            return null;
        }
        return switch (text.substring(0, colon)) {
            case CREATED -> new CreatedExpiryPolicy(duration);
            case MODIFIED -> new ModifiedExpiryPolicy(duration);
            case ACCESSED -> new AccessedExpiryPolicy(duration);
            case TOUCHED -> new TouchedExpiryPolicy(duration);
            default -> null;
        };
    }

    private static @Nullable Duration durationOf(String text) {
        if (text.equals(ETERNAL)) {
            return Duration.ETERNAL;
        }
        try {
            return text.endsWith(MILLIS)
                    ? new Duration(
                            TimeUnit.MILLISECONDS, Long.parseLong(text.substring(0, text.length() - MILLIS.length())))
                    : null;
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }
}
