package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;
import org.jspecify.annotations.Nullable;

/**
 * How far a leader that wrote in a cache knew it to be cleared when it took the slot over.
 *
 * <p>Its promises came from a majority, so every clear of an earlier ballot that it did not know was not chosen by then, and
 * never will be under its old rank. What it wrote rests on a state without such a clear, which must therefore not slip in
 * below. Once true this stays true.
 *
 * @param cache the cache's id
 * @param ballot of that leader
 * @param cleared the origin of the highest clear that it knew, null if it knew none
 */
public record ClearKnowledge(
        int cache, long ballot, @Nullable Version cleared) {

    /** Whether a clear was not chosen when this leader took over, and cannot be any more. */
    public boolean refutes(ClearMark mark) {
        return ballot > mark.version().ballot() && !knows(mark.origin());
    }

    /** Whether the leader knew the clear of this origin or a later one. */
    public boolean knows(Version origin) {
        return cleared != null && cleared.compareTo(origin) >= 0;
    }

    /** Whether this refutes every clear that the other one refutes. */
    public boolean implies(ClearKnowledge other) {
        return ballot >= other.ballot && (cleared == null || other.knows(cleared));
    }
}
