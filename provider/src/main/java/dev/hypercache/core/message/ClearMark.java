package dev.hypercache.core.message;

import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a cache up to a version is gone from the slot, but for what was written by those who knew the clear.
 *
 * <p>A clear has an origin, the version under which it was performed, and a rank. A later leader that finds it and cannot know
 * whether it was chosen adopts it under the lowest version of its own ballot, as it would propose a record again. The rank
 * grows then; the records that lie above the origin stay, since whoever wrote them knew the clear. A record above the rank
 * whose writer did not know the clear refutes it: that leader had a majority's promises and would have seen it otherwise.
 *
 * <p>A clear that was performed on top of one that got a higher rank since was not chosen either: whoever adopted the other
 * one would have seen it. It disputes the other one: its replica has dropped what the other one spares, so it must not be
 * forgotten before it is settled.
 *
 * <p>The mutations of the keys that went with it may still be asked for again. They have no record to travel with, so they
 * travel with the clear.
 *
 * @param cache the cache's id
 * @param version its rank; of two clears the one of the higher rank stands
 * @param origin the version under which it was performed
 * @param ancestors the origins of the clear on top of which it was performed and, as long as that was not chosen, of that one's
 *     ancestors
 * @param lineage the clears that led to it and may be asked for again
 * @param keys the lineages of the keys that went
 */
public record ClearMark(
        int cache, Version version, Version origin, List<Version> ancestors, Lineage lineage, List<KeyLineage> keys) {

    /** The most clears that may be performed on top of each other without any being chosen. */
    public static final int ANCESTORS_MAX = 64;

    /** The lineage of one key that went with a clear. */
    public record KeyLineage(RecordKey name, Lineage lineage) {}

    /** Whether this clear reaches as far as the other one. */
    public boolean covers(ClearMark other) {
        return version.compareTo(other.version) >= 0;
    }

    /** Whether this clear was performed on top of the other one, whatever their ranks. */
    public boolean disputes(ClearMark other) {
        return ancestors.contains(other.origin);
    }

    /** Whether a replica that holds the other clear takes this one instead. */
    public boolean replaces(ClearMark other) {
        return version.compareTo(other.version) > 0 && !other.disputes(this);
    }

    /** The same clear under the rank that a new leader gives it. */
    public ClearMark adoptedUnder(long ballot) {
        Version rank = new Version(ballot, Version.BEFORE_ALL);
        return new ClearMark(cache, rank, origin, ancestors, lineage, keys);
    }

    /**
     * Whether a record goes with this clear.
     *
     * @param known the origin of the clear that the record's writer knew, null if it knew none
     */
    public boolean takes(Version record, @Nullable Version known) {
        return record.compareTo(version) <= 0 && !isKnownTo(record, known);
    }

    /** Whether a record says that this clear was not chosen when its writer took over, and cannot be any more. */
    public boolean isRefutedBy(Version record, @Nullable Version known) {
        return record.ballot() > version.ballot() && !isKnownTo(record, known);
    }

    /** Whether a record was written on top of this clear. */
    private boolean isKnownTo(Version record, @Nullable Version known) {
        return record.ballot() == origin.ballot()
                ? record.sequence() > origin.sequence()
                : record.ballot() > origin.ballot() && origin.equals(known);
    }

    /** The same clear when nothing issued before {@code issuedAfterMillis} is asked for again. */
    public ClearMark without(long issuedAfterMillis) {
        boolean keysExpired = keys.stream().allMatch(key -> key.lineage().newestIssuedAtMillis() < issuedAfterMillis);
        boolean expired = lineage.newestIssuedAtMillis() < issuedAfterMillis;
        if ((keys.isEmpty() || !keysExpired) && (lineage.isEmpty() || !expired)) {
            return this;
        }
        return new ClearMark(
                cache, version, origin, ancestors, expired ? Lineage.EMPTY : lineage, keysExpired ? List.of() : keys);
    }
}
