package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import org.jspecify.annotations.Nullable;

/**
 * An operation that is evaluated only if the entry is still as its caller saw it.
 *
 * <p>This is how user code takes part in an atomic operation without running on the leader: the caller reads, lets a
 * processor, a writer or an expiry policy decide, and applies the result on the condition that nothing changed.
 *
 * @param op what to do
 * @param expected the version that the caller saw, null if it saw no entry
 */
public record AtVersion(EntryOp op, @Nullable Version expected) implements EntryOp {

    @Override
    public Object key() {
        return op.key();
    }

    @Override
    public Kind kind() {
        return op.kind();
    }

    @Override
    public @Nullable Object value() {
        return op.value();
    }

    @Override
    public Outcome evaluate(@Nullable StoredRecord live, OpContext context) {
        boolean unchanged = live == null ? expected == null : expected != null && live.hasVersion(expected);
        return unchanged ? op.evaluate(live, context) : Outcome.conflict(live);
    }

    @Override
    public boolean isConditional() {
        return true;
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return new AtVersion(op.withExpiry(newExpiry), expected);
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new AtVersion(op.withKey(newKey), expected);
    }
}
