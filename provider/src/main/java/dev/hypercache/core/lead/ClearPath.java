package dev.hypercache.core.lead;

import dev.hypercache.core.message.CallerAccept;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.Executed;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a leader clears a cache in its slot: by one mark, whatever is in there.
 *
 * <p>A clear breaks every hold of its cache, since what loads and processors under way bring may be older. Confined to its
 * slot.
 */
final class ClearPath {

    private final SlotState state;
    private final long ballot;
    private final Sequence sequence;
    private final CacheLeaders leaders;
    private final Replication replication;

    ClearPath(SlotState state, long ballot, Sequence sequence, CacheLeaders leaders, Replication replication) {
        this.state = state;
        this.ballot = ballot;
        this.sequence = sequence;
        this.leaders = leaders;
        this.replication = replication;
    }

    /** Whether the very clear was done already. */
    boolean isKnown(ExecuteClear request) {
        return lineageOf(request.cache()).outcomeOf(tokenOf(request)) != null;
    }

    /** Whether it may have been done and forgotten. */
    boolean isTooOld(ExecuteClear request) {
        OpToken token = tokenOf(request);
        return token.issuedAtMillis() < state.oldestTokenMillis()
                || lineageOf(request.cache()).hasForgotten(token);
    }

    private static OpToken tokenOf(ExecuteClear request) {
        return Objects.requireNonNull(request.head().token(), "token");
    }

    private Lineage lineageOf(int cache) {
        ClearMark mark = state.clearOf(cache);
        return mark == null ? Lineage.EMPTY : mark.lineage();
    }

    /** Clears, and proposes that. */
    void clear(ExecuteClear request, long nowMillis) {
        OpToken token = tokenOf(request);
        Lineage lineage = lineageOf(request.cache())
                .pruned(token.client(), request.head().lowestUnanswered(), state.oldestTokenMillis())
                .with(token, Outcome.cleared());
        ClearMark mark = new ClearMark(
                request.cache(),
                new Version(ballot, sequence.next()),
                lineage,
                state.tokens().ofCache(request.cache()));
        adopt(mark, nowMillis);
        replication.proposeClear(mark, new BitSet(), nowMillis);
    }

    /** A clear stands here. */
    void adopt(ClearMark mark, long nowMillis) {
        leaders.of(mark.cache()).breakHolds(nowMillis);
        state.clear(ballot, mark);
    }

    /** An outcome that is chosen once the caller's own replica holds what it rests on. */
    Executed withAccept(RequestHead head, RecordKey name, Outcome outcome) {
        CallerAccept accept = new CallerAccept(
                name,
                state.entry(name),
                replication.pendingClears(name.cache()),
                replication.committed(),
                state.slotTimeMillis());
        return new Executed(state.slot(), head.id(), ballot, outcome, accept);
    }

    /** The highest clear of a cache, null if it was never cleared. */
    @Nullable
    ClearMark of(int cache) {
        return state.clearOf(cache);
    }
}
