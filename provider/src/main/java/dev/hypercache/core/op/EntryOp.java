package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * One atomic operation on one key, evaluated by the leader of the key's slot.
 *
 * <p>Every mutation of JSR-107 is one of these. Keys and values are opaque: bytes on a ring, the application's objects
 * on an embedded node. Evaluation is a pure function of the live record and the context.
 */
public sealed interface EntryOp
        permits Get, Put, PutIfAbsent, Replace, ReplaceIfEqual, Remove, RemoveIfEqual, Touch, AtVersion, Expire, Evict {

    /** How an operation relates to holds on its key. */
    enum Kind {
        /** Never waits for a hold and never breaks one. */
        READ,
        /** Waits for processors and writers, breaks loads: what they load may be stale now. */
        MUTATION,
        /** Waits for nobody; breaks loads. */
        HOUSEKEEPING
    }

    Object key();

    Kind kind();

    /** The value that the operation stores if it gets its way; null if it stores none. */
    default @Nullable Object value() {
        return null;
    }

    /**
     * Decides what becomes of the key.
     *
     * @param live the record at the key, null if there is none or it has expired
     */
    Outcome evaluate(@Nullable StoredRecord live, OpContext context);

    /** The same operation with another expiry rule; operations that set no expiry return themselves. */
    EntryOp withExpiry(ExpiryRule expiry);

    /** The same operation on another key. */
    EntryOp withKey(Object newKey);

    /** Whether what the operation does depends on what it finds. */
    default boolean isConditional() {
        return false;
    }

    /** Whether the operation counts as a read of an entry whose value is not the expected one. */
    default boolean readsOnMismatch() {
        return false;
    }

    /** Stores a value where there was none. */
    static Outcome create(Object value, ExpiryRule expiry, OpContext context) {
        long expiresAtMillis = expiry.afterCreation(context.nowMillis());
        if (expiresAtMillis <= context.nowMillis()) {
            return Outcome.stillAbsent(); // JSR-107 Duration.ZERO: the entry is never in the cache.
        }
        return Outcome.created(context.mint(value, expiresAtMillis));
    }

    /** Stores a value over a live record. */
    static Outcome update(StoredRecord live, Object value, ExpiryRule expiry, OpContext context) {
        long expiresAtMillis = expiry.afterUpdate(context.nowMillis(), live.expiresAtMillis());
        return Outcome.updated(live, context.mint(value, expiresAtMillis));
    }

    /** Leaves a live record's value as it is and moves its end of life as a read does. */
    static Outcome access(Outcome.Status status, StoredRecord live, ExpiryRule expiry, OpContext context) {
        if (!expiry.dependsOnAccess()) {
            return Outcome.kept(status, live, live);
        }
        long expiresAtMillis = expiry.afterAccess(context.nowMillis(), live.expiresAtMillis());
        return Outcome.kept(status, live, live.withExpiry(expiresAtMillis));
    }
}
