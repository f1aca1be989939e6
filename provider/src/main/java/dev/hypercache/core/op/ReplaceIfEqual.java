package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Stores a value if the present one is the expected one; otherwise the attempt counts as a read. */
public record ReplaceIfEqual(Object key, Object expected, Object value, ExpiryRule expiry) implements EntryOp {

    @Override
    public Kind kind() {
        return Kind.MUTATION;
    }

    @Override
    public Outcome evaluate(@Nullable StoredRecord live, OpContext context) {
        if (live == null) {
            return Outcome.unmetAbsent();
        }
        return context.equality().sameValue(live.value(), expected)
                ? EntryOp.update(live, value, expiry, context)
                : EntryOp.access(Outcome.Status.UNMET, live, expiry, context);
    }

    @Override
    public boolean isConditional() {
        return true;
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return new ReplaceIfEqual(key, expected, value, newExpiry);
    }

    @Override
    public boolean readsOnMismatch() {
        return true;
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new ReplaceIfEqual(newKey, expected, value, expiry);
    }
}
