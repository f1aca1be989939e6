package dev.hypercache.core.coordinate;

import dev.hypercache.core.message.HoldGrant;
import org.jspecify.annotations.Nullable;

/**
 * How one request is to be performed.
 *
 * @param mutates whether it may change an entry, so that it needs a token
 * @param toAll whether every voter must accept
 * @param timeoutMillis how long the caller waits
 * @param hold the caller's hold on the key, null if it has none
 * @param pastHolder whether it waits for nobody who holds the key, for its caller holds another one
 * @param retries whether it is sent again when no answer comes; off only to show what retries are worth
 */
public record CallOptions(
        boolean mutates,
        boolean toAll,
        long timeoutMillis,
        @Nullable HoldGrant hold,
        boolean pastHolder,
        boolean retries) {

    /** Options of a request that waits for whoever holds its key. */
    public CallOptions(boolean mutates, boolean toAll, long timeoutMillis, @Nullable HoldGrant hold, boolean retries) {
        this(mutates, toAll, timeoutMillis, hold, false, retries);
    }

    /** A mutation at the level of the cache. */
    public static CallOptions mutation(long timeoutMillis) {
        return new CallOptions(true, false, timeoutMillis, null, true);
    }

    /** A read at the level of the cache. */
    public static CallOptions read(long timeoutMillis) {
        return new CallOptions(false, false, timeoutMillis, null, true);
    }

    /** The same on the strength of a hold. */
    public CallOptions under(HoldGrant grant) {
        return new CallOptions(mutates, toAll, timeoutMillis, grant, false, retries);
    }

    /** The same without waiting for whoever holds the key. */
    public CallOptions pastHolders() {
        return new CallOptions(mutates, toAll, timeoutMillis, null, true, retries);
    }
}
