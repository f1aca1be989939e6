package dev.hypercache.sim.check;

import static java.util.Objects.requireNonNull;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.ExpiryRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a client asked of a cache. */
public sealed interface Action {

    /** Whether the action may matter to {@code key}. */
    boolean concerns(Object key);

    /** An operation that depends on no version. */
    static Action of(EntryOp op) {
        return new OnKey(op, null);
    }

    /**
     * An operation on the condition that the entry is still as its caller saw it.
     *
     * @param op an {@link AtVersion} or a {@link Touch}
     * @param expectedValue the value that the caller saw together with the version, null if it saw no entry
     */
    static Action ifUnchanged(EntryOp op, @Nullable Object expectedValue) {
        return new OnKey(op, expectedValue);
    }

    /**
     * One operation on one key.
     *
     * <p>A new leader proposes values again under fresh versions, so a history cannot tell which version an entry had at
     * a moment. It can tell the value; therefore a condition on a version carries the value that its caller saw.
     */
    record OnKey(EntryOp op, @Nullable Object expectedValue) implements Action {

        public OnKey {
            requireNonNull(op, "op");
            if (!op.withExpiry(ExpiryRule.NEVER).equals(op)) {
                throw new IllegalArgumentException("expiry is not modelled, use ExpiryRule.NEVER in " + op);
            }
            if (op instanceof AtVersion conditional) {
                if (isVersioned(conditional.op())) {
                    throw new IllegalArgumentException("a condition within a condition is not modelled: " + op);
                }
                if ((conditional.expected() == null) != (expectedValue == null)) {
                    throw new IllegalArgumentException("version and value must be seen together, or neither: " + op);
                }
            } else if ((op instanceof Touch) != (expectedValue != null)) {
                throw new IllegalArgumentException("only conditions on a version carry an expected value: " + op);
            }
        }

        /** Whether the outcome depends on the version that the entry has. */
        boolean isVersioned() {
            return isVersioned(op);
        }

        private static boolean isVersioned(EntryOp op) {
            return op instanceof AtVersion || op instanceof Touch;
        }

        @Override
        public boolean concerns(Object key) {
            return op.key().equals(key);
        }

        @Override
        public String toString() {
            // The expiry is the same everywhere and would make each line three times as long.
            String text = op.toString().replace(", expiry=" + ExpiryRule.NEVER, "");
            return isVersioned() ? text + " if " + Objects.toString(expectedValue, "absent") : text;
        }
    }

    /** Removes every entry of the cache: a removal on each key, at a moment of its own for each key. */
    record Clear() implements Action {

        @Override
        public boolean concerns(Object key) {
            return true;
        }

        @Override
        public String toString() {
            return "Clear";
        }
    }
}
