package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Stored;
import dev.hypercache.core.message.Stored.Verdict;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that a peer takes for deleted, since it holds nothing of the key and its floor lies above.
 *
 * <p>The floor rises when everybody holds the same, so one of the two forgot something. Which one is for the replicas to say:
 * what a majority holds is written anew, above every floor; what a majority lacks is dropped here. Bounded: beyond
 * {@link #VOTES_MAX} a value waits for the next comparison.
 */
final class Disputed {

    /** The most values that are put to the vote at once. */
    static final int VOTES_MAX = 1_000;

    private static final long OPEN_MILLIS = 2_000;

    private record Vote(HybridVersion version, BitSet holds, BitSet lacks, long openedAtMillis) {}

    private final LeaderlessContext context;
    private final Spread spread;
    private final Map<RecordKey, Vote> votes = new LinkedHashMap<>();

    Disputed(LeaderlessContext context, Spread spread) {
        this.context = context;
        this.spread = spread;
    }

    /** A peer said what it did with a record. */
    void on(int from, Stored stored) {
        RecordKey name = stored.name();
        StoredRecord held = held(stored);
        boolean lacks = stored.verdict() == Verdict.BELOW_FLOOR;
        if (held == null || stored.verdict() == Verdict.STALE || lacks && !isByFloor(stored)) {
            votes.remove(name);
            return;
        }
        Vote vote = voteOf(name, held, lacks);
        if (vote != null && stored.isFinal()) {
            (lacks ? vote.lacks() : vote.holds()).set(from);
            decide(name, held, vote);
        }
    }

    /** Not by a clear, which will take the value here, too. */
    private static boolean isByFloor(Stored stored) {
        HybridVersion least = stored.held();
        return least.equals(HybridVersion.lastOf(least.stamp()));
    }

    /** The value that the answer is about, if it is still held. */
    private @Nullable StoredRecord held(Stored stored) {
        StoredRecord held = context.copy().held(stored.name(), context.endsMillis());
        boolean isMeant =
                held != null && !held.isTombstone() && held.hybridVersion().equals(stored.version());
        return isMeant ? held : null;
    }

    private @Nullable Vote voteOf(RecordKey name, StoredRecord held, boolean opens) {
        Vote open = votes.get(name);
        if (open != null && open.version().equals(held.hybridVersion()) && isOpen(open)) {
            return open;
        }
        votes.remove(name);
        if (!opens || !hasRoom()) {
            return null;
        }
        Vote vote = new Vote(held.hybridVersion(), new BitSet(), new BitSet(), context.nowMillis());
        vote.holds().set(context.self());
        votes.put(name, vote);
        spread.record(name, held);
        return vote;
    }

    private boolean hasRoom() {
        if (votes.size() >= VOTES_MAX) {
            votes.values().removeIf(vote -> !isOpen(vote));
        }
        return votes.size() < VOTES_MAX;
    }

    private boolean isOpen(Vote vote) {
        return context.nowMillis() - vote.openedAtMillis() < OPEN_MILLIS;
    }

    private void decide(RecordKey name, StoredRecord held, Vote vote) {
        if (context.configuration().isAcceptQuorum(vote.lacks())) {
            votes.remove(name);
            context.copy().drop(name, held);
            context.happened(LeaderlessEvent.LEADERLESS_DROPPED);
        } else if (context.configuration().isAcceptQuorum(vote.holds())
                && !vote.lacks().isEmpty()) {
            votes.remove(name);
            HybridVersion version = context.mint(name);
            StoredRecord anew =
                    StoredRecord.value(held.value(), version.stamp(), version.origin(), held.expiresAtMillis());
            context.copy().apply(name, anew, Long.MIN_VALUE);
            spread.record(name, anew);
            context.happened(LeaderlessEvent.LEADERLESS_REVIVED);
        }
    }
}
