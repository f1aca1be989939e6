package dev.hypercache.core.message;

/**
 * A leader asks whether it still leads.
 *
 * @param round serves every read that arrived before it was sent; {@link #NO_ROUND} if it serves none
 * @param complete whether the follower's copy is known to hold everything that was chosen so far
 * @param slotTimeMillis the leader's slot time
 */
public record Confirm(int slot, long ballot, long round, boolean complete, long slotTimeMillis) implements Message {

    /** Rounds count from 1. */
    public static final long NO_ROUND = 0;
}
