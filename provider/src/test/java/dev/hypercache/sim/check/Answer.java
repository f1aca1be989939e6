package dev.hypercache.sim.check;

import static java.util.Objects.requireNonNull;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How an invocation ended for its caller. */
public sealed interface Answer {

    /** An end that shows no entry. */
    enum Bare implements Answer {
        /** A clear took effect on every key. */
        CLEARED,
        /** The action has certainly not been applied and never will be. */
        FAILED,
        /** The action may take effect at any time after its invocation, once, or never. */
        INDETERMINATE
    }

    /** The operation was evaluated, and the caller learnt little of what came of it, as from most methods of JCache. */
    enum Told implements Answer {
        CHANGED,
        UNCHANGED,
        /** Not even whether it changed anything. */
        DONE;

        private boolean fits(Seen seen) {
            return this == DONE || (seen.change() != Change.NONE) == (this == CHANGED);
        }
    }

    /**
     * The operation was evaluated, and the caller saw what came of it.
     *
     * @param before the value that the operation found, null if there was none
     * @param after the value that it left, null if there is none
     */
    record Seen(
            Outcome.Status status,
            Change change,
            @Nullable Object before,
            @Nullable Object after) implements Answer {

        public Seen {
            requireNonNull(status, "status");
            requireNonNull(change, "change");
            if (status == Outcome.Status.HELD || status == Outcome.Status.HOLD_LOST) {
                throw new IllegalArgumentException(status + " means that nothing was evaluated: record it as FAILED");
            }
            requireComparable(before);
            requireComparable(after);
        }

        @Override
        public String toString() {
            return status + " " + change + ", " + Objects.toString(before, "absent") + " => "
                    + Objects.toString(after, "absent");
        }
    }

    /** What an outcome showed; one that says that nothing was evaluated is a failure without consequences. */
    static Answer of(Outcome outcome) {
        if (outcome.status() == Outcome.Status.HELD || outcome.status() == Outcome.Status.HOLD_LOST) {
            return Bare.FAILED;
        }
        return new Seen(outcome.status(), outcome.change(), value(outcome.before()), value(outcome.after()));
    }

    /** Whether a caller could get this answer if that came of its operation. */
    default boolean isOf(Outcome outcome) {
        Answer whole = of(outcome);
        return this instanceof Told told ? whole instanceof Seen seen && told.fits(seen) : equals(whole);
    }

    private static @Nullable Object value(@Nullable StoredRecord record) {
        return record == null ? null : record.value();
    }

    private static void requireComparable(@Nullable Object value) {
        if (value != null && value.getClass().isArray()) {
            throw new IllegalArgumentException("an array equals no other array: record the value that it encodes");
        }
    }
}
