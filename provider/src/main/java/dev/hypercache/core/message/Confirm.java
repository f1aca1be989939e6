package dev.hypercache.core.message;

/**
 * A leader asks whether it still leads.
 *
 * @param round serves every read that arrived before it was sent; {@link #NO_ROUND} if it serves none
 * @param filled the follower's copy if that is known to hold everything that was chosen so far, else {@link #NO_COPY}
 * @param slotTimeMillis the leader's slot time
 */
public record Confirm(int slot, long ballot, long round, long filled, long slotTimeMillis) implements Message {

    /** Rounds count from 1. */
    public static final long NO_ROUND = 0;

    /** Copies count from 1. */
    public static final long NO_COPY = 0;
}
