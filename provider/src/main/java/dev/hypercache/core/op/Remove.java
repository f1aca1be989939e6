package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Removes the entry if there is one. */
public record Remove(Object key) implements EntryOp {

    @Override
    public Kind kind() {
        return Kind.MUTATION;
    }

    @Override
    public Outcome evaluate(@Nullable StoredRecord live, OpContext context) {
        return live == null ? Outcome.unmetAbsent() : Outcome.gone(Change.REMOVED, live);
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return this;
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new Remove(newKey);
    }
}
