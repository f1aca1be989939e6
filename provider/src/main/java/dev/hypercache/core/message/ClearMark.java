package dev.hypercache.core.message;

import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Version;
import java.util.List;

/**
 * Everything of a cache up to a version is gone from the slot.
 *
 * <p>The mutations of the keys that went with it may still be asked for again. They have no record to travel with, so they
 * travel with the clear.
 *
 * @param cache the cache's id
 * @param version its rank: everything up to it is gone. Clears only ever add up to the highest
 * @param origin the version under which it was performed. A later leader that cannot know whether it was chosen proposes it
 *     again under a new rank, and it stays the same clear
 * @param lineage the clears that led to it and may be asked for again
 * @param keys the lineages of the keys that went
 */
public record ClearMark(int cache, Version version, Version origin, Lineage lineage, List<KeyLineage> keys) {

    /** The lineage of one key that went with a clear. */
    public record KeyLineage(RecordKey name, Lineage lineage) {}

    /** Whether this clear reaches as far as the other one. */
    public boolean covers(ClearMark other) {
        return version.compareTo(other.version) >= 0;
    }

    /** The same clear under a new rank. */
    public ClearMark at(Version rank) {
        return new ClearMark(cache, rank, origin, lineage, keys);
    }

    /** The same clear when nothing issued before {@code issuedAfterMillis} is asked for again. */
    public ClearMark without(long issuedAfterMillis) {
        boolean keysExpired = keys.stream().allMatch(key -> key.lineage().newestIssuedAtMillis() < issuedAfterMillis);
        boolean expired = lineage.newestIssuedAtMillis() < issuedAfterMillis;
        return (keys.isEmpty() || !keysExpired) && (lineage.isEmpty() || !expired)
                ? this
                : new ClearMark(
                        cache, version, origin, expired ? Lineage.EMPTY : lineage, keysExpired ? List.of() : keys);
    }
}
