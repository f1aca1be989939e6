package dev.hypercache.core.lead;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.core.replica.SlotState;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@link SlotLeader}s of one slot, one for each cache, under one ballot and one sequence; and which keys they changed
 * since somebody looked. Confined to its slot.
 */
final class CacheLeaders {

    private final SlotState state;
    private final long ballot;
    private final Sequence sequence;
    private final ValueEquality equality;
    private final Observer observer;
    private final Map<Integer, SlotLeader> leaders = new TreeMap<>();
    private final Set<RecordKey> changed = new LinkedHashSet<>();

    /** Learns of changes, cache by cache; see {@link SlotPort}. */
    @FunctionalInterface
    public interface Observer {
        void changed(RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after);
    }

    CacheLeaders(SlotState state, long ballot, Sequence sequence, ValueEquality equality, Observer observer) {
        this.state = state;
        this.ballot = ballot;
        this.sequence = sequence;
        this.equality = equality;
        this.observer = observer;
    }

    SlotLeader of(int cache) {
        return leaders.computeIfAbsent(
                cache,
                unused -> new SlotLeader(
                        ballot, sequence, state.replica(cache), equality, (key, change, before, after) -> {
                            RecordKey name = new RecordKey(cache, key);
                            changed.add(name);
                            observer.changed(name, change, before, after);
                        }));
    }

    /** Every leader that was asked for. */
    Iterable<SlotLeader> all() {
        return leaders.values();
    }

    /** The keys that changed since the last call. */
    Set<RecordKey> takeChanged() {
        Set<RecordKey> taken = new LinkedHashSet<>(changed);
        changed.clear();
        return taken;
    }
}
