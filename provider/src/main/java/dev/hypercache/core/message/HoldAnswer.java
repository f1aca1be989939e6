package dev.hypercache.core.message;

import org.jspecify.annotations.Nullable;

/**
 * How a hold stands.
 *
 * @param ballot of the leader that answers
 * @param grant the number of the grant under the ballot, with {@link State#GRANTED}
 * @param loaded what somebody else's load brought, with {@link State#SERVED}
 */
public record HoldAnswer(
        int slot,
        long hold,
        State state,
        long ballot,
        int leader,
        long grant,
        @Nullable LoadResult loaded) implements Message {

    /** Life of a hold as its client sees it. */
    public enum State {
        /** In the queue. */
        WAITING,
        /** Holds the key. */
        GRANTED,
        /** Somebody else's load brought what this one wanted. */
        SERVED,
        /** Not granted, or lost. */
        GONE,
        /** Too many wait for the key. */
        OVERLOADED,
        /** Somebody else leads the slot. */
        NOT_LEADER
    }
}
