package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Asks the leader to look at the entry's end of life: it removes what has expired before it evaluates anything. */
public record Expire(Object key) implements EntryOp {

    @Override
    public Kind kind() {
        return Kind.READ;
    }

    @Override
    public Outcome evaluate(@Nullable StoredRecord live, OpContext context) {
        return live == null ? Outcome.stillAbsent() : Outcome.kept(Outcome.Status.UNMET, live, live);
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return this;
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new Expire(newKey);
    }
}
