package dev.hypercache.core.message;

import dev.hypercache.core.op.OpToken;
import org.jspecify.annotations.Nullable;

/**
 * What all requests to a leader have in common.
 *
 * @param id matches the answer; unique at the caller
 * @param token names the mutation; null for what changes nothing
 * @param lowestUnanswered the client's lowest sequence that it may still ask for
 * @param attempt which copy of the request this is, from 1; each goes to one node
 * @param begunIn the epoch in which the slot began, as far as the caller knew when it sent its first copy: what was performed
 *     before a reset is forgotten, so a later leader must not take an old mutation for a new one
 * @param toAll whether every voter must accept
 * @param remainingMillis how long the caller still waits
 */
public record RequestHead(
        long id,
        @Nullable OpToken token,
        long lowestUnanswered,
        int attempt,
        int begunIn,
        boolean toAll,
        long remainingMillis) {

    /** Whether it was sent before, so that it may have been applied. */
    public boolean isRetried() {
        return attempt > 1;
    }
}
