package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Stores a value if there is none. */
public record PutIfAbsent(Object key, Object value, ExpiryRule expiry) implements EntryOp {

    @Override
    public Kind kind() {
        return Kind.MUTATION;
    }

    @Override
    public Outcome evaluate(@Nullable StoredRecord live, OpContext context) {
        return live == null ? EntryOp.create(value, expiry, context) : Outcome.kept(Outcome.Status.UNMET, live, live);
    }

    @Override
    public boolean isConditional() {
        return true;
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return new PutIfAbsent(key, value, newExpiry);
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new PutIfAbsent(newKey, value, expiry);
    }
}
