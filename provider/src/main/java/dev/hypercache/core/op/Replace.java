package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Stores a value if there is one. */
public record Replace(Object key, Object value, ExpiryRule expiry) implements EntryOp {

    @Override
    public Kind kind() {
        return Kind.MUTATION;
    }

    @Override
    public Outcome evaluate(@Nullable StoredRecord live, OpContext context) {
        return live == null ? Outcome.unmetAbsent() : EntryOp.update(live, value, expiry, context);
    }

    @Override
    public boolean isConditional() {
        return true;
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return new Replace(key, value, newExpiry);
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new Replace(newKey, value, expiry);
    }
}
