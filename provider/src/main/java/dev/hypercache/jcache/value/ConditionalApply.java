package dev.hypercache.jcache.value;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.OpContext;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.jcache.expiry.Expiration;
import dev.hypercache.runtime.call.Hold;
import dev.hypercache.runtime.call.RingClient;
import org.jspecify.annotations.Nullable;

/**
 * Applies operations on the condition that the entry is still as the caller saw it.
 *
 * <p>User code decides between the look and the apply: an expiry policy, a writer, a processor. What an operation would
 * do is found out by evaluating the very operation that the leader will evaluate.
 */
public final class ConditionalApply {

    private final RingClient client;
    private final Expiration expiration;
    private final OpContext preview;

    public ConditionalApply(RingClient client, ValueEquality equality, Expiration expiration) {
        this.client = client;
        this.expiration = expiration;
        this.preview = new PreviewContext(client, equality);
    }

    private record PreviewContext(RingClient client, ValueEquality equality) implements OpContext {
        @Override
        public long nowMillis() {
            return client.nowMillis();
        }

        @Override
        public StoredRecord mint(Object value, long expiresAtMillis) {
            return StoredRecord.value(value, 0, 0, expiresAtMillis);
        }
    }

    /** What the operation would do to the entry as it was seen; nothing happens. */
    public Outcome preview(EntryOp op, @Nullable StoredRecord seen) {
        // The rule must not hide the change: an entry that would not live long is still a creation to its writer.
        return op.withExpiry(ExpiryRule.NEVER).evaluate(seen, preview);
    }

    /** The operation with the answer of the expiry policy, which is asked just the question that the change calls for. */
    public EntryOp withExpiry(EntryOp op, Outcome previewed) {
        if (!expiration.asks()) {
            return op.withExpiry(expiration.rule());
        }
        switch (previewed.change()) {
            case CREATED:
                return op.withExpiry(expiration.onCreation());
            case UPDATED:
                return op.withExpiry(expiration.onUpdate());
            default:
                return countsAsAccess(op, previewed) ? op.withExpiry(expiration.onAccess()) : op;
        }
    }

    /** A comparison that failed has read the entry (JSR-107 §6: replace and remove with an old value). */
    private static boolean countsAsAccess(EntryOp op, Outcome previewed) {
        return op.readsOnMismatch() && previewed.status() == Outcome.Status.UNMET && previewed.before() != null;
    }

    /** The operation on the condition that the entry is as it was seen. */
    public static AtVersion at(EntryOp op, @Nullable StoredRecord seen) {
        return new AtVersion(op, seen == null ? null : seen.version());
    }

    /**
     * Applies the operation if the entry is as it was seen.
     *
     * @param hold the caller's hold on the key, null if it has none
     */
    public Outcome apply(EntryOp op, @Nullable StoredRecord seen, @Nullable Hold hold) {
        AtVersion conditional = at(op, seen);
        return hold == null ? client.execute(conditional) : client.execute(conditional, hold);
    }

    /** Applies the operation as {@link #apply} does and ends the hold, unless the entry is not as it was seen. */
    public Outcome applyAndRelease(EntryOp op, @Nullable StoredRecord seen, Hold hold) {
        return client.executeAndRelease(at(op, seen), hold);
    }

    /** Moves the end of life of an entry that was read. */
    public void touch(Object key, StoredRecord seen) {
        Touch touch = touching(key, seen);
        if (touch != null) {
            client.execute(touch);
        }
    }

    /** What moves the end of life of an entry that was read; null if the policy, which is asked, moves nothing. */
    public @Nullable Touch touching(Object key, StoredRecord seen) {
        ExpiryRule rule = expiration.onAccess();
        return rule.dependsOnAccess() ? new Touch(key, seen.version(), rule) : null;
    }
}
