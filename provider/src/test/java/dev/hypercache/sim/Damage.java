package dev.hypercache.sim;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was done to one key at one replica, and what may come of it.
 *
 * <p>While the leader stays in place it puts to the vote what it finds, and what a majority holds wins. A new leader decides by
 * the rules of a takeover instead, which know no vote (ADR 0011): a value that one replica alone holds may be a write that was not
 * finished, and is proposed again; what one replica alone lacks, though its floor lies above, was removed.
 *
 * @param before what all replicas held, null for nothing
 * @param after what that replica holds instead
 * @param isOpen whether a takeover may decide for it
 * @param ballot under which the slot was led when it happened, 0 if it was not
 */
record Damage(@Nullable Object before, @Nullable Object after, boolean isOpen, long ballot) {

    /** Whether a replica may hold this once all of them are equal again, and the slot is led under a ballot. */
    boolean permits(@Nullable Object now, long ballotNow) {
        boolean isTakenOver = ballot == 0 || ballot != ballotNow;
        return Objects.equals(now, before) || isOpen && isTakenOver && Objects.equals(now, after);
    }
}
