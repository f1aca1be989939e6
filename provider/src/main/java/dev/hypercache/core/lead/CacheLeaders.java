package dev.hypercache.core.lead;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The {@link SlotLeader}s of one slot, one for each cache, under one ballot and one sequence; and which keys they changed
 * since somebody looked. Confined to its slot.
 */
final class CacheLeaders {

    private final LeaderContext context;
    private final Map<Integer, SlotLeader> leaders = new TreeMap<>();
    /** The leader that was asked for last, most likely the next one, too. */
    private int lastCache;

    private @Nullable SlotLeader last;
    private Set<RecordKey> changed = Set.of();
    private final ExpiryIndex expiries = new ExpiryIndex();
    private final RecentExpiries recent = new RecentExpiries();
    private final Feeds feeds;

    CacheLeaders(LeaderContext context, Feeds feeds) {
        this.context = context;
        this.feeds = feeds;
    }

    SlotLeader of(int cache) {
        SlotLeader leader = last;
        if (leader == null || lastCache != cache) {
            leader = leaders.computeIfAbsent(cache, this::create);
            last = leader;
            lastCache = cache;
        }
        return leader;
    }

    private SlotLeader create(int cache) {
        return new SlotLeader(
                context.ballot(),
                context.sequence(),
                context.state().replica(cache),
                context.equality(),
                (key, change, before, after) -> changed(new RecordKey(cache, key), change, before, after));
    }

    /** The copy holds nothing of these caches any more. */
    void forget(IntPredicate which) {
        leaders.keySet().removeIf(which::test);
        last = null;
    }

    private void changed(RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        note(name);
        if (change == Change.EXPIRED && before != null) {
            recent.add(name, before, context.nowMillis());
        }
        expiries.replace(name, before, after);
        context.observer().changed(name, change, before, after);
        feeds.changed(name, change, before, after);
    }

    /** Nearly always one key changes, for which no table is made. */
    private void note(RecordKey name) {
        if (changed.isEmpty()) {
            changed = Set.of(name);
        } else if (!changed.contains(name)) {
            changed = changed.size() == 1 ? new LinkedHashSet<>(changed) : changed;
            changed.add(name);
        }
    }

    /** Whether another leader wrote what is held for a key. */
    boolean isFromEarlierBallot(RecordKey name) {
        StoredRecord held = context.state().replica(name.cache()).held(name.key());
        return held != null && held.ballot() != context.ballot();
    }

    /** When the entries come to their end of life; whatever is written through a leader is filed. */
    ExpiryIndex expiries() {
        return expiries;
    }

    /** Writes what is held for a key once more, or a tombstone. */
    void renew(RecordKey name) {
        SlotLeader leader = of(name.cache());
        leader.renew(name.key());
        file(name);
    }

    /** Writes what other replicas hold of a key. */
    void adopt(RecordKey name, StoredRecord found) {
        of(name.cache()).adopt(name.key(), found, context.state().slotTimeMillis());
        file(name);
    }

    /** Writes a tombstone, whatever is held for a key. */
    void bury(RecordKey name) {
        of(name.cache()).bury(name.key());
        context.agreed(name);
    }

    /** What is written here past an operation. */
    private void file(RecordKey name) {
        context.agreed(name);
        StoredRecord held = context.state().replica(name.cache()).held(name.key());
        if (held != null && held.expiresAtMillis() != StoredRecord.NEVER) {
            expiries.file(name, held.expiresAtMillis());
        }
    }

    /** Tells those who listen what was chosen. */
    Feeds feeds() {
        return feeds;
    }

    /** What expired lately. */
    RecentExpiries recent() {
        return recent;
    }

    /** The keys that changed since the last call. */
    Set<RecordKey> takeChanged() {
        Set<RecordKey> taken = changed;
        changed = Set.of();
        return taken;
    }
}
