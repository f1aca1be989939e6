package dev.hypercache.core.lead;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The {@link SlotLeader}s of one slot, one for each cache, under one ballot and one sequence; and which keys they changed
 * since somebody looked. Confined to its slot.
 */
final class CacheLeaders {

    private final LeaderContext context;
    private final Map<Integer, SlotLeader> leaders = new TreeMap<>();
    private final Set<RecordKey> changed = new LinkedHashSet<>();
    private final ExpiryIndex expiries = new ExpiryIndex();
    private final RecentExpiries recent = new RecentExpiries();

    CacheLeaders(LeaderContext context) {
        this.context = context;
    }

    SlotLeader of(int cache) {
        return leaders.computeIfAbsent(
                cache,
                unused -> new SlotLeader(
                        context.ballot(),
                        context.sequence(),
                        context.state().replica(cache),
                        context.equality(),
                        (key, change, before, after) -> {
                            RecordKey name = new RecordKey(cache, key);
                            changed.add(name);
                            if (change == Change.EXPIRED && before != null) {
                                recent.add(name, before, context.nowMillis());
                            }
                            expiries.replace(name, before, after);
                            context.observer().changed(name, change, before, after);
                        }));
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

    /** What expired lately. */
    RecentExpiries recent() {
        return recent;
    }

    /** The keys that changed since the last call. */
    Set<RecordKey> takeChanged() {
        if (changed.isEmpty()) {
            return Set.of();
        }
        Set<RecordKey> taken = new LinkedHashSet<>(changed);
        changed.clear();
        return taken;
    }
}
