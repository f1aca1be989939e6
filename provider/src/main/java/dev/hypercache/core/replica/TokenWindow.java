package dev.hypercache.core.replica;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lineages of a slot's versions: which mutations may still be asked for again, and what came of them.
 *
 * <p>Beside the records rather than in them, because only what was written within the last seconds has one. Whoever
 * installs a version replaces the lineage of its key here. A lineage is dropped once slot time says that all its tokens
 * are refused anyway; whoever dropped it holds that slot time, so a leader that learns from this replica learns the time.
 *
 * <p>Bounded: {@link #isFull} says when no new mutation may come in. Confined to its slot.
 */
public final class TokenWindow {

    /** The most mutations and marks that a slot remembers. */
    static final int MARKS_MAX = 65_536;

    private static final long STEP_MILLIS = 500;
    private static final int STEPS_PER_ROUND = 4;

    private final Map<RecordKey, Lineage> lineages = new LinkedHashMap<>();
    private int marks;
    private long expiredMillis;
    private int steps;

    /** The lineage of the version that is held for a key. */
    public Lineage of(RecordKey name) {
        return lineages.getOrDefault(name, Lineage.EMPTY);
    }

    /** Whether a new mutation of a key with this lineage would exceed what may be remembered. */
    public boolean isFull(Lineage ofKey) {
        return marks >= MARKS_MAX || ofKey.size() >= Lineage.MARKS_MAX;
    }

    /** A version of a key was installed, and this is its lineage. */
    void replace(RecordKey name, Lineage lineage) {
        Lineage before = lineage.isEmpty() ? lineages.remove(name) : lineages.put(name, lineage);
        marks += lineage.size() - (before == null ? 0 : before.size());
    }

    /** A cache was cleared: of keys that have no record any more only what the clear knows is remembered. */
    void cleared(ClearMark mark, Predicate<RecordKey> hasRecord) {
        dropCache(mark.cache(), hasRecord);
        for (ClearMark.KeyLineage key : mark.keys()) {
            if (!hasRecord.test(key.name())) {
                replace(key.name(), key.lineage());
            }
        }
    }

    private void dropCache(int cache, Predicate<RecordKey> hasRecord) {
        lineages.entrySet().removeIf(one -> {
            boolean dropped = one.getKey().cache() == cache && !hasRecord.test(one.getKey());
            marks -= dropped ? one.getValue().size() : 0;
            return dropped;
        });
    }

    /** The lineages of a cache's keys. */
    public List<ClearMark.KeyLineage> ofCache(int cache) {
        List<ClearMark.KeyLineage> found = new ArrayList<>();
        lineages.forEach((name, lineage) -> {
            if (name.cache() == cache) {
                found.add(new ClearMark.KeyLineage(name, lineage));
            }
        });
        return List.copyOf(found);
    }

    /**
     * The lowest version of the tombstones with a lineage; null if there is none.
     *
     * @param tombstone what is held for a key if that is a tombstone, else null
     */
    @Nullable
    Version lowestOf(Function<RecordKey, @Nullable StoredRecord> tombstone) {
        Version lowest = null;
        for (RecordKey name : lineages.keySet()) {
            StoredRecord held = tombstone.apply(name);
            if (held != null && (lowest == null || held.version().compareTo(lowest) < 0)) {
                lowest = held.version();
            }
        }
        return lowest;
    }

    /**
     * Drops the lineages whose tokens were all issued before {@code issuedAfterMillis}, every {@value #STEP_MILLIS} ms of
     * that time: in the order in which their keys came, up to the first that is young enough; all of them are looked at once
     * in {@value #STEPS_PER_ROUND} times, for that takes long.
     *
     * @return whether that was due
     */
    boolean expire(long issuedAfterMillis) {
        if (issuedAfterMillis < expiredMillis + STEP_MILLIS) {
            return false;
        }
        expiredMillis = issuedAfterMillis;
        steps++;
        boolean toAll = steps % STEPS_PER_ROUND == 0;
        for (Iterator<Lineage> each = lineages.values().iterator(); each.hasNext(); ) {
            Lineage lineage = each.next();
            if (lineage.newestIssuedAtMillis() < issuedAfterMillis) {
                marks -= lineage.size();
                each.remove();
            } else if (!toAll) {
                break;
            }
        }
        return true;
    }

    /** No mutation of these caches was ever performed. */
    void forgetCaches(IntPredicate which) {
        lineages.entrySet().removeIf(one -> {
            boolean goes = which.test(one.getKey().cache());
            marks -= goes ? one.getValue().size() : 0;
            return goes;
        });
    }

    /** How many mutations and marks are remembered. */
    public int marks() {
        return marks;
    }
}
