package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Removes the entry if its value is the expected one; otherwise the attempt counts as a read. */
public record RemoveIfEqual(Object key, Object expected, ExpiryRule expiry) implements EntryOp {

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
                ? Outcome.gone(Change.REMOVED, live)
                : EntryOp.access(Outcome.Status.UNMET, live, expiry, context);
    }

    @Override
    public boolean isConditional() {
        return true;
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return new RemoveIfEqual(key, expected, newExpiry);
    }

    @Override
    public boolean readsOnMismatch() {
        return true;
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new RemoveIfEqual(newKey, expected, expiry);
    }
}
