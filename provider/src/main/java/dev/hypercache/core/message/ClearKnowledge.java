package dev.hypercache.core.message;

import dev.hypercache.core.record.Version;
import org.jspecify.annotations.Nullable;

/**
 * How far the latest leader that wrote in a cache knew it to be cleared, as a replica remembers it.
 *
 * <p>A clear that is found at a few replicas only may have been chosen, and then its rank stands; or a leader has come since
 * that never saw it, and then it must not slip in below what that leader wrote. This tells the two cases apart.
 *
 * @param cache the cache's id
 * @param ballot of that leader
 * @param cleared the highest clear that it knew, null if it knew none
 */
public record ClearKnowledge(
        int cache, long ballot, @Nullable Version cleared) {

    /** Whether a leader later than the clear's own wrote in the cache without knowing it, so that it was never chosen. */
    public boolean refutes(ClearMark mark) {
        boolean knew = cleared != null && cleared.compareTo(mark.version()) >= 0;
        return ballot > mark.version().ballot() && !knew;
    }
}
