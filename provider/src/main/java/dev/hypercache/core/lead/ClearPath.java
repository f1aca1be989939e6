package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.ExecuteClear;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestHead;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * How a leader clears a cache in its slot: by one mark, whatever is in there.
 *
 * <p>A clear breaks every hold of its cache, since what loads and processors under way bring may be older. Confined to its
 * slot.
 */
final class ClearPath {

    private final LeaderContext context;
    private final CacheLeaders leaders;
    private final Replication replication;
    private final Answers answers;

    ClearPath(LeaderContext context, CacheLeaders leaders, Replication replication, Answers answers) {
        this.context = context;
        this.leaders = leaders;
        this.replication = replication;
        this.answers = answers;
    }

    /** Performs a clear unless that was done before. */
    void execute(int caller, ExecuteClear request) {
        RequestHead head = request.head();
        OpToken token = Objects.requireNonNull(head.token(), "token");
        Lineage lineage = lineageOf(request.cache());
        boolean isKnown = lineage.outcomeOf(token) != null;
        boolean isTooOld = token.issuedAtMillis() < context.state().oldestTokenMillis() || lineage.hasForgotten(token);
        if (!isKnown && isTooOld) {
            context.reject(caller, head, Rejected.Reason.TOKEN_EXPIRED);
            return;
        }
        List<Version> ancestors = ancestorsOf(request.cache());
        if (!isKnown && ancestors.size() > ClearMark.ANCESTORS_MAX) {
            context.reject(caller, head, Rejected.Reason.OVERLOADED);
            return;
        }
        if (!isKnown) {
            clear(request, token, ancestors);
        }
        ClearMark mark = context.state().clearOf(request.cache());
        if (isKnown && head.toAll() && mark != null) {
            // An earlier leader may have performed it and fallen before every voter had cleared the cache.
            replication.proposeClear(mark, new BitSet(), context.nowMillis());
        }
        answers.tellCleared(caller, head, request.cache());
    }

    private Lineage lineageOf(int cache) {
        ClearMark mark = context.state().clearOf(cache);
        return mark == null ? Lineage.EMPTY : mark.lineage();
    }

    /** The clear that stands here and, unless that is known to be chosen, its own ancestors. */
    private List<Version> ancestorsOf(int cache) {
        ClearMark mark = context.state().clearOf(cache);
        if (mark == null) {
            return List.of();
        }
        List<Version> ancestors = new ArrayList<>();
        if (replication.proposals().latestClear(cache) != null) {
            ancestors.addAll(mark.ancestors());
        }
        ancestors.add(mark.origin());
        return List.copyOf(ancestors);
    }

    private void clear(ExecuteClear request, OpToken token, List<Version> ancestors) {
        Lineage lineage = lineageOf(request.cache())
                .pruned(
                        token.client(),
                        request.head().lowestUnanswered(),
                        context.state().oldestTokenMillis())
                .with(token, Outcome.cleared());
        List<ClearMark.KeyLineage> keys = context.state().tokens().ofCache(request.cache());
        perform(new RefutedClears.Anew(request.cache(), ancestors, lineage, keys));
    }

    /** Clears a cache under the next version. */
    Proposal perform(RefutedClears.Anew clear) {
        Version version = new Version(context.ballot(), context.sequence().next());
        ClearMark mark =
                new ClearMark(clear.cache(), version, version, clear.ancestors(), clear.lineage(), clear.keys());
        return adopt(mark, new BitSet());
    }

    /** A clear stands here, and is proposed to whoever is not among its holders. */
    Proposal adopt(ClearMark mark, BitSet holders) {
        leaders.of(mark.cache()).breakHolds(context.nowMillis());
        context.observer().clearing(mark.cache());
        context.state().clear(context.ballot(), mark);
        stillHeld(mark.cache());
        return replication.proposeClear(mark, holders, context.nowMillis());
    }

    /** What was written after the clear outlives it, even where the clear becomes known later. */
    private void stillHeld(int cache) {
        for (EntryCursor<StoredRecord> cursor = context.state().replica(cache).cursor(); cursor.advance(); ) {
            context.observer().agreed(new RecordKey(cache, cursor.key()), cursor.record());
        }
    }
}
