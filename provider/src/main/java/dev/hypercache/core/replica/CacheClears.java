package dev.hypercache.core.replica;

import dev.hypercache.core.message.ClearKnowledge;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.record.Version;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica has cleared one cache of a slot, and which clear the writers of its records knew.
 *
 * <p>A writer is known by its ballot. Mostly it knew the very clear that the replica knows; only those who knew another one
 * are remembered, and only until the replica takes that one or a later: as many as leaders wrote in the cache while the
 * replica lacked a clear. Confined to its slot.
 */
final class CacheClears {

    private final int cache;
    /** Those who knew another one; none as a rule, and then all caches share this map. */
    private Map<Long, ClearKnowledge> others = Map.of();

    private @Nullable ClearMark mark;

    CacheClears(int cache) {
        this.cache = cache;
    }

    @Nullable
    ClearMark mark() {
        return mark;
    }

    /** A clear was applied. */
    void set(ClearMark newMark) {
        mark = newMark;
        if (!others.isEmpty()) {
            others.values().removeIf(one -> one.ballot() <= newMark.version().ballot() || isOwn(one.cleared()));
        }
    }

    /** The same clear with less to remember. */
    void forget(long issuedAfterMillis) {
        ClearMark before = mark;
        mark = before == null ? null : before.without(issuedAfterMillis);
    }

    /**
     * A leader wrote in the cache; what was learned first of a ballot stands.
     *
     * @param cleared the origin of the clear that it knew, null if it knew none
     */
    void learn(long ballot, @Nullable Version cleared) {
        ClearMark own = mark;
        boolean isSettled = own != null && ballot <= own.version().ballot();
        if (!isSettled && !isOwn(cleared)) {
            others = others.isEmpty() ? new TreeMap<>() : others;
            others.putIfAbsent(ballot, new ClearKnowledge(cache, ballot, cleared));
        }
    }

    private boolean isOwn(@Nullable Version cleared) {
        ClearMark own = mark;
        return own == null ? cleared == null : own.origin().equals(cleared);
    }

    /** The origin of the clear that the writer of a record held here knew, null if it knew none. */
    @Nullable
    Version knownTo(long ballot) {
        ClearKnowledge other = others.isEmpty() ? null : others.get(ballot);
        if (other != null) {
            return other.cleared();
        }
        return mark == null ? null : mark.origin();
    }

    Stream<ClearKnowledge> others() {
        return others.values().stream();
    }

    @Override
    public String toString() {
        return "CacheClears[" + cache + ", " + mark + ", " + others.values() + "]";
    }
}
