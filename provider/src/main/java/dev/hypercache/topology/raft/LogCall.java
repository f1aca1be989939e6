package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import dev.hypercache.topology.raft.LogOperation.Propose;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call of this member until its answer, over all attempts. Confined to the log's thread, but for its future. */
final class LogCall {

    private final long number;
    private final @Nullable Propose propose;
    private final long timeoutMillis;
    private final long deadlineMillis;
    private final CompletableFuture<LeaderAnswer> future;
    private @Nullable NodeId target;
    private long attemptUntilMillis;
    private long retryAtMillis;
    private boolean underWay;
    private boolean maybeAppended;

    LogCall(
            long number,
            @Nullable Propose propose,
            long timeoutMillis,
            long nowMillis,
            CompletableFuture<LeaderAnswer> future) {
        this.number = number;
        this.propose = propose;
        this.timeoutMillis = timeoutMillis;
        this.deadlineMillis = nowMillis + timeoutMillis;
        this.future = future;
    }

    long number() {
        return number;
    }

    @Nullable
    Propose propose() {
        return propose;
    }

    boolean isLate(long nowMillis) {
        return nowMillis >= deadlineMillis;
    }

    /** Whether nobody has been asked, or nobody that is asked now, and the pause is over. */
    boolean isIdle(long nowMillis) {
        return !underWay && nowMillis >= retryAtMillis;
    }

    /** Whether whoever was asked has taken too long. */
    boolean isUnanswered(long nowMillis) {
        return underWay && nowMillis >= attemptUntilMillis;
    }

    boolean isAt(NodeId node) {
        return underWay && node.equals(target);
    }

    /** Whether somebody else is being asked. */
    boolean isElsewhere(NodeId leader) {
        return underWay && !leader.equals(target);
    }

    void ask(NodeId newTarget, long untilMillis) {
        target = newTarget;
        attemptUntilMillis = untilMillis;
        underWay = true;
    }

    /** Nobody knows what came of the last attempt. */
    void lose(long nextMillis) {
        maybeAppended |= propose != null;
        rest(nextMillis);
    }

    /** The last attempt certainly did nothing. */
    void rest(long nextMillis) {
        underWay = false;
        retryAtMillis = nextMillis;
    }

    void done(LeaderAnswer answer) {
        future.complete(answer);
    }

    /** Whether a conflict is one with others, and not with an attempt of its own that is forgotten by now. */
    boolean isCertain(LeaderAnswer conflict) {
        return propose == null || !maybeAppended || conflict.index() - propose.expectedIndex() < LedgerState.RECENT_MAX;
    }

    void fail(String reason) {
        boolean maybe = maybeAppended || underWay && propose != null;
        future.completeExceptionally(new TopologyUnavailableException(
                (propose == null ? "The last index of the topology log" : "A change of the topology log")
                        + " was asked for within " + timeoutMillis + " ms: " + reason
                        + (maybe ? "; the change may be in the log." : "."),
                maybe,
                null));
    }
}
