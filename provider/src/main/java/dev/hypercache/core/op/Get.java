package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Reads the entry and moves its end of life as the rule says. */
public record Get(Object key, ExpiryRule expiry) implements EntryOp {

    @Override
    public Kind kind() {
        return Kind.READ;
    }

    @Override
    public Outcome evaluate(@Nullable StoredRecord live, OpContext context) {
        return live == null ? Outcome.unmetAbsent() : EntryOp.access(Outcome.Status.APPLIED, live, expiry, context);
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return new Get(key, newExpiry);
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new Get(newKey, expiry);
    }
}
