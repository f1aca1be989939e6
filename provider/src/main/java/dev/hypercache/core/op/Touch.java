package dev.hypercache.core.op;

import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import org.jspecify.annotations.Nullable;

/**
 * Moves an entry's end of life if its version is still the one that was read.
 *
 * <p>Needs no hold: a touch that comes late finds another version and does nothing.
 *
 * @param expiry the rule whose access duration applies
 */
public record Touch(Object key, Version version, ExpiryRule expiry) implements EntryOp {

    @Override
    public Kind kind() {
        return Kind.READ;
    }

    @Override
    public Outcome evaluate(@Nullable StoredRecord live, OpContext context) {
        if (live == null) {
            return Outcome.unmetAbsent();
        }
        return live.hasVersion(version)
                ? EntryOp.access(Outcome.Status.APPLIED, live, expiry, context)
                : Outcome.kept(Outcome.Status.UNMET, live, live);
    }

    @Override
    public EntryOp withExpiry(ExpiryRule newExpiry) {
        return new Touch(key, version, newExpiry);
    }

    @Override
    public EntryOp withKey(Object newKey) {
        return new Touch(newKey, version, expiry);
    }
}
