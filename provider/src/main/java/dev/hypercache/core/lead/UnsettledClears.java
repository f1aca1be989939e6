package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearKnowledge;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Clears that a new leader found with too few replicas to know them chosen. Their caches are closed until they are settled.
 *
 * <p>A clear keeps its rank only where a majority holds it. Spread under its old rank it could be held by a majority and yet
 * lie below a value of a leader that never heard of it. There are two cases:
 *
 * <ul>
 *   <li>A leader that wrote in the cache refutes the clear ({@link ClearKnowledge}): it was never chosen, so nobody knows of it
 *       for sure, and it is performed now, above all that is there.
 *   <li>Otherwise it may have been chosen, and what lies above it was written by leaders that knew it. That is written
 *       again under this ballot and chosen first; then the clear follows under the lowest version of this ballot, below all
 *       that and above whatever an earlier leader may have left with others. A crash in between leaves what was.
 * </ul>
 *
 * <p>Both need every record of the cache. Confined to its slot.
 */
final class UnsettledClears {

    private static final class Unsettled {
        final ClearMark mark;
        final boolean refuted;
        /** What lies above the clear, written again; null until then. */
        @Nullable
        List<Proposal> survivors;

        Unsettled(ClearMark mark, boolean refuted) {
            this.mark = mark;
            this.refuted = refuted;
        }
    }

    private final LeaderContext context;
    private final SlotState state;
    private final Replication replication;
    private final Takeover.Decisions decisions;
    private final Map<Integer, Unsettled> byCache = new TreeMap<>();

    UnsettledClears(LeaderContext context, Replication replication, Takeover.Decisions decisions) {
        this.context = context;
        this.state = context.state();
        this.replication = replication;
        this.decisions = decisions;
    }

    /** A clear was found that a majority is not known to hold. */
    void add(ClearMark mark) {
        boolean refuted =
                state.knowledge().stream().anyMatch(fact -> fact.cache() == mark.cache() && fact.refutes(mark));
        byCache.put(mark.cache(), new Unsettled(mark, refuted));
        if (!refuted) {
            state.learn(new ClearKnowledge(mark.cache(), context.ballot(), mark.origin()));
        }
    }

    boolean contains(int cache) {
        return byCache.containsKey(cache);
    }

    boolean isEmpty() {
        return byCache.isEmpty();
    }

    /** A version up to this one is nothing, since a clear that may have been chosen took it; null if there is none. */
    @Nullable
    Version floorOf(int cache) {
        Unsettled one = byCache.get(cache);
        return one == null || one.refuted ? null : one.mark.version();
    }

    /**
     * Goes on with every clear whose cache misses no record.
     *
     * @return the clears proposed just now
     */
    List<Proposal> proceed(MissingRecords missing) {
        List<Proposal> proposed = new ArrayList<>();
        for (Unsettled one : List.copyOf(byCache.values())) {
            if (!missing.containsAnyOf(one.mark.cache()) && isReady(one)) {
                byCache.remove(one.mark.cache());
                proposed.add(settle(one));
            }
        }
        return proposed;
    }

    private boolean isReady(Unsettled one) {
        if (one.refuted) {
            return true;
        }
        if (one.survivors == null) {
            one.survivors = writeSurvivorsAgain(one.mark);
        }
        return one.survivors.stream().allMatch(proposal -> proposal.isChosen(replication.configuration()));
    }

    private List<Proposal> writeSurvivorsAgain(ClearMark mark) {
        List<Proposal> proposals = new ArrayList<>();
        for (KeyVersion held : state.versions()) {
            RecordKey name = held.name();
            if (name.cache() == mark.cache() && held.version().compareTo(mark.version()) > 0) {
                proposals.add(decisions.renew(name));
            }
        }
        return proposals;
    }

    private Proposal settle(Unsettled one) {
        ClearMark mark = one.mark;
        if (one.refuted) {
            context.happened(LeaderEvent.CLEAR_PERFORMED_LATE);
            return decisions.perform(mark);
        }
        context.happened(LeaderEvent.CLEAR_REPROPOSED);
        return decisions.propose(mark.at(new Version(context.ballot(), Version.BEFORE_ALL)));
    }
}
