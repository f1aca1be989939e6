package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Stores a value, whatever was there. */
public record Put(Object key, Object value, ExpiryRule expiry) implements EntryOp {

    @Override
    public Kind kind() {
        return Kind.MUTATION;
    }

    @Override
    public Outcome evaluate(@Nullable StoredRecord live, OpContext context) {
        return live == null ? EntryOp.create(value, expiry, context) : EntryOp.update(live, value, expiry, context);
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return new Put(key, value, newExpiry);
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new Put(newKey, value, expiry);
    }
}
