package dev.hypercache.runtime.ring;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.op.Replace;
import dev.hypercache.core.op.ReplaceIfEqual;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.runtime.call.RequestFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Compares values at their caller.
 *
 * <p>A leader compares bytes, and equal bytes are equal values. Values of other bytes may be equal to the application: a
 * {@code BigDecimal}-like class, a set of another order. So when bytes differ the caller looks at the record that the leader
 * found, asks {@code equals}, and has the operation applied on the condition that the record is still that one.
 */
final class Comparison {

    /** How often a comparison is tried while the entry changes under it. */
    static final int TRIES_MAX = 1_000;

    private Comparison() {}

    /** The entry was another one each time that it was compared. */
    static RequestFailedException inVain(String cacheName) {
        return new RequestFailedException(
                "REQUEST_FAILED",
                "an entry of cache '" + cacheName + "' was changed by others " + TRIES_MAX
                        + " times while its value was compared; the operation was not applied. Use invoke for entries that"
                        + " change so often");
    }

    /**
     * What to do where an operation was refused by bytes and equality holds.
     *
     * @return null if the outcome stands
     */
    static @Nullable EntryOp ofValues(EntryOp op, Outcome outcome, ValueEquality equality) {
        StoredRecord found = outcome.before();
        if (outcome.status() != Outcome.Status.UNMET || found == null) {
            return null;
        }
        EntryOp bare = op instanceof AtVersion conditional ? conditional.op() : op;
        if (bare instanceof ReplaceIfEqual replace && equality.sameValue(found.value(), replace.expected())) {
            return new AtVersion(new Replace(replace.key(), replace.value(), replace.expiry()), found.version());
        }
        if (bare instanceof RemoveIfEqual remove && equality.sameValue(found.value(), remove.expected())) {
            return new AtVersion(new Remove(remove.key()), found.version());
        }
        return null;
    }
}
