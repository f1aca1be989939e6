package dev.hypercache.sim.check;

import dev.hypercache.core.op.AtVersion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.OpContext;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Touch;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.core.record.Version;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One key of a JCache map, as if there were one copy and one caller at a time.
 *
 * <p>Operations evaluate themselves, with the code that a leader runs: what is checked is the distribution, and what an
 * operation means is specified once. Only conditions on a version need help. The model knows values and no versions, so it
 * aims them at a version that the entry has, or has not:
 *
 * <ul>
 *   <li>the value is not the one that the caller saw: the version cannot be the same either, so the condition fails;
 *   <li>both saw no entry: no entry has no version, so the condition holds;
 *   <li>the same value: the condition holds, or fails because a takeover gave the value a fresh version.
 * </ul>
 *
 * <p>A value that is written twice can therefore hide a wrong condition; simulations write each value once.
 */
final class KeyModel implements OpContext {

    /** What a key holds. */
    record State(@Nullable Object value) {

        @Override
        public String toString() {
            return value == null ? "absent" : value.toString();
        }
    }

    static final State ABSENT = new State(null);

    private static final long BALLOT = 1;
    private static final Version LIVE = new Version(BALLOT, 1);
    private static final Version NOT_LIVE = new Version(BALLOT, 2);
    private static final Version NEXT = new Version(BALLOT, 3);

    /**
     * What a key holds after an invocation that was answered as it was; null if from this state it cannot have been
     * answered so. An open invocation answers nothing, so it can always take effect.
     */
    @Nullable
    State next(State state, Invocation invocation) {
        if (!(invocation.action() instanceof Action.OnKey action)) {
            return ABSENT;
        }
        List<Outcome> possible = outcomes(state, action);
        if (invocation.isOpen()) {
            // A condition that fails does nothing, and doing nothing needs no place in the order.
            return after(possible.get(0));
        }
        for (Outcome outcome : possible) {
            if (invocation.answer().isOf(outcome)) {
                return after(outcome);
            }
        }
        return null;
    }

    /** What may come of an operation; if a condition may hold or fail, first what comes of it if it holds. */
    List<Outcome> outcomes(State state, Action.OnKey action) {
        Object value = state.value();
        StoredRecord live =
                value == null ? null : StoredRecord.value(value, LIVE.ballot(), LIVE.sequence(), StoredRecord.NEVER);
        if (!action.isVersioned()) {
            return List.of(action.op().evaluate(live, this));
        }
        Outcome failed = at(NOT_LIVE, action.op()).evaluate(live, this);
        if (!Objects.equals(value, action.expectedValue())) {
            return List.of(failed);
        }
        Outcome held = at(live == null ? null : LIVE, action.op()).evaluate(live, this);
        return live == null ? List.of(held) : List.of(held, failed);
    }

    private static EntryOp at(@Nullable Version version, EntryOp op) {
        if (op instanceof AtVersion conditional) {
            return new AtVersion(conditional.op(), version);
        }
        // Whoever touches has seen an entry, so there is a version to aim at.
        return new Touch(op.key(), Objects.requireNonNull(version, "version"), ExpiryRule.NEVER);
    }

    private static State after(Outcome outcome) {
        StoredRecord after = outcome.after();
        return after == null ? ABSENT : new State(after.value());
    }

    @Override
    public long nowMillis() {
        return 0;
    }

    @Override
    public ValueEquality equality() {
        return Object::equals;
    }

    @Override
    public StoredRecord mint(Object value, long expiresAtMillis) {
        return StoredRecord.value(value, NEXT.ballot(), NEXT.sequence(), expiresAtMillis);
    }
}
