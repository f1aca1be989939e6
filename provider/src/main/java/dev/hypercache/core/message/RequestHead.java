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
 * @param toAll whether every voter must accept
 * @param remainingMillis how long the caller still waits
 */
public record RequestHead(
        long id, @Nullable OpToken token, long lowestUnanswered, int attempt, boolean toAll, long remainingMillis) {

    /** Whether it was sent before, so that it may have been applied. */
    public boolean isRetried() {
        return attempt > 1;
    }
}
