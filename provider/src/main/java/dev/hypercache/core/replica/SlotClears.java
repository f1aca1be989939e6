package dev.hypercache.core.replica;

import dev.hypercache.core.message.ClearKnowledge;
import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.record.Version;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The clears of a slot's caches as one replica knows them. Confined to its slot. */
final class SlotClears {

    private final Map<Integer, CacheClears> caches = new TreeMap<>();
    /** What was asked for last, most likely the next one, too; it is known that nothing is known of it, as a rule. */
    private int lastCache;

    private @Nullable CacheClears last;
    private boolean hasLast;
    /** Whether any cache was ever cleared here: so seldom that readers need not look for the mark. */
    private boolean everCleared;

    /** Of a cache, which may never have been cleared. */
    CacheClears of(int cache) {
        CacheClears known = find(cache);
        if (known == null) {
            known = new CacheClears(cache);
            caches.put(cache, known);
            last = known;
        }
        return known;
    }

    private @Nullable CacheClears find(int cache) {
        if (!hasLast || lastCache != cache) {
            last = caches.get(cache);
            lastCache = cache;
            hasLast = true;
        }
        return last;
    }

    /** The origin of the clear that the writer of a record held here knew, null if it knew none. */
    @Nullable
    Version knownTo(int cache, long ballot) {
        CacheClears known = find(cache);
        return known == null ? null : known.knownTo(ballot);
    }

    /** The writers who knew another clear of a cache than this replica does. */
    List<ClearKnowledge> knowledge() {
        return caches.values().stream().flatMap(CacheClears::others).toList();
    }

    /** The highest clear of a cache, null if it was never cleared. */
    @Nullable
    ClearMark markOf(int cache) {
        CacheClears known = everCleared ? find(cache) : null;
        return known == null ? null : known.mark();
    }

    /** The highest clear of each cache that was ever cleared, by cache id. */
    List<ClearMark> marks() {
        return caches.values().stream()
                .map(CacheClears::mark)
                .filter(Objects::nonNull)
                .toList();
    }

    /** These caches were never cleared. */
    void forgetCaches(IntPredicate which) {
        caches.keySet().removeIf(which::test);
        hasLast = false;
        everCleared = everCleared && !caches.isEmpty();
    }

    /** A cache was cleared. */
    void happened() {
        everCleared = true;
    }

    /** Forgets the mutations that are refused by now. */
    void forget(long issuedAfterMillis) {
        caches.values().forEach(one -> one.forget(issuedAfterMillis));
    }
}
