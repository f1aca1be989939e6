package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Takes the entry out to make room. */
public record Evict(Object key) implements EntryOp {

    @Override
    public Kind kind() {
        return Kind.HOUSEKEEPING;
    }

    @Override
    public Outcome evaluate(@Nullable StoredRecord live, OpContext context) {
        return live == null ? Outcome.unmetAbsent() : Outcome.gone(Change.EVICTED, live);
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return this;
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new Evict(newKey);
    }
}
