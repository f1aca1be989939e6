package dev.hypercache.core.op;

import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * What came of an operation on one key.
 *
 * @param status whether the operation was evaluated, and whether its condition held
 * @param change what an observer of the entry saw
 * @param before the live record that the operation found; null if there was none
 * @param after the live record that it left; null if there is none
 */
public record Outcome(
        Status status,
        Change change,
        @Nullable StoredRecord before,
        @Nullable StoredRecord after) {

    /** How an operation ended at the leader. */
    public enum Status {
        /** The operation's condition held and its effect, which may be nothing, is in place. */
        APPLIED,
        /** The operation's own condition did not hold: the entry was absent, present or unequal. */
        UNMET,
        /** The entry is not of the version that the caller saw: nothing was evaluated. */
        CONFLICT,
        /** Somebody else holds the key: nothing was evaluated, ask again under a hold. */
        HELD,
        /** The hold that the operation relied on was broken: nothing was evaluated. */
        HOLD_LOST
    }

    static final Outcome HELD = new Outcome(Status.HELD, Change.NONE, null, null);
    static final Outcome HOLD_LOST = new Outcome(Status.HOLD_LOST, Change.NONE, null, null);
    private static final Outcome UNMET_ABSENT = new Outcome(Status.UNMET, Change.NONE, null, null);
    private static final Outcome APPLIED_ABSENT = new Outcome(Status.APPLIED, Change.NONE, null, null);

    /** The key is held by somebody else. */
    public static Outcome held() {
        return HELD;
    }

    /** The hold is no longer the caller's. */
    public static Outcome holdLost() {
        return HOLD_LOST;
    }

    static Outcome created(StoredRecord after) {
        return new Outcome(Status.APPLIED, Change.CREATED, null, after);
    }

    static Outcome updated(StoredRecord before, StoredRecord after) {
        return new Outcome(Status.APPLIED, Change.UPDATED, before, after);
    }

    static Outcome gone(Change change, StoredRecord before) {
        return new Outcome(Status.APPLIED, change, before, null);
    }

    /** Applied, and nothing is there afterwards as nothing was before. */
    static Outcome stillAbsent() {
        return APPLIED_ABSENT;
    }

    /** A cache was cleared, whatever was in it. */
    public static Outcome cleared() {
        return APPLIED_ABSENT;
    }

    /** The condition asked for an entry and there is none. */
    static Outcome unmetAbsent() {
        return UNMET_ABSENT;
    }

    /** The entry changed since the caller looked. */
    static Outcome conflict(@Nullable StoredRecord live) {
        return new Outcome(Status.CONFLICT, Change.NONE, live, live);
    }

    /** The value stands; only its end of life may have moved from {@code before} to {@code after}. */
    static Outcome kept(Status status, StoredRecord before, StoredRecord after) {
        return new Outcome(status, before == after ? Change.NONE : Change.TOUCHED, before, after);
    }

    public boolean applied() {
        return status == Status.APPLIED;
    }
}
