package dev.hypercache.core.replica;

import dev.hypercache.core.message.ClearKnowledge;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.record.Version;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What those who wrote in one cache of a slot knew of its clears, as far as it can still matter to a replica.
 *
 * <p>Of two facts of which one implies the other only that one is kept, and none of a ballot up to that of the replica's own
 * clear: what was written before it is gone. So there are as many as clears that the replica has not heard of, and one more.
 * Confined to its slot.
 */
final class ClearWitnesses {

    private final NavigableMap<Long, ClearKnowledge> byBallot = new TreeMap<>();
    private final int cache;
    private @Nullable ClearMark own;

    ClearWitnesses(int cache) {
        this.cache = cache;
    }

    /** A leader wrote in the cache; what was learned first of a ballot stands. */
    void learn(ClearKnowledge fact) {
        if (own != null && fact.ballot() <= own.version().ballot() || byBallot.containsKey(fact.ballot())) {
            return;
        }
        for (ClearKnowledge later : byBallot.tailMap(fact.ballot()).values()) {
            if (later.implies(fact)) {
                return;
            }
        }
        byBallot.headMap(fact.ballot()).values().removeIf(fact::implies);
        byBallot.put(fact.ballot(), fact);
    }

    /** The replica cleared the cache. */
    void cleared(ClearMark mark) {
        own = mark;
        byBallot.headMap(mark.version().ballot(), true).clear();
    }

    /** The origin of the highest clear that a writer knew, or a lower one if that says more; null if it knew none. */
    @Nullable
    Version knownTo(long ballot) {
        Iterator<ClearKnowledge> later = byBallot.tailMap(ballot).values().iterator();
        if (later.hasNext()) {
            return later.next().cleared();
        }
        return own == null ? null : own.origin();
    }

    List<ClearKnowledge> facts() {
        return new ArrayList<>(byBallot.values());
    }

    @Override
    public String toString() {
        return "ClearWitnesses[" + cache + ", " + byBallot.values() + "]";
    }
}
