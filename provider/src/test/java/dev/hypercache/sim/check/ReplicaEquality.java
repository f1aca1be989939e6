package dev.hypercache.sim.check;

import dev.hypercache.core.record.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what the replicas of one slot hold of one cache after everything has settled. */
public final class ReplicaEquality {

    /**
     * What a replica holds for a key.
     *
     * @param value null for the trace of a removal
     */
    public record Held(Version version, @Nullable Object value) {

        boolean isTombstone() {
            return value == null;
        }

        @Override
        public String toString() {
            return (isTombstone() ? "tombstone" : value) + "@" + version;
        }
    }

    private final boolean tombstonesCount;

    private ReplicaEquality(boolean tombstonesCount) {
        this.tombstonesCount = tombstonesCount;
    }

    /** Replicas hold the same records and the same tombstones. */
    public static ReplicaEquality ofAllRecords() {
        return new ReplicaEquality(true);
    }

    /** Replicas hold the same records; each drops a tombstone when it hears that it may, so those may differ. */
    public static ReplicaEquality ofLiveRecords() {
        return new ReplicaEquality(false);
    }

    /**
     * Lists the keys on which the replicas disagree, with what each of them holds.
     *
     * @param replicas by the name of the replica, what it holds by key
     */
    public List<String> differences(Map<String, Map<Object, Held>> replicas) {
        Set<Object> keys = new LinkedHashSet<>();
        replicas.values().forEach(held -> keys.addAll(held.keySet()));
        List<String> differences = new ArrayList<>();
        for (Object key : keys) {
            Map<String, String> holdings = new LinkedHashMap<>();
            Set<@Nullable Held> distinct = new LinkedHashSet<>();
            replicas.forEach((name, records) -> {
                Held held = records.get(key);
                distinct.add(counts(held) ? held : null);
                holdings.put(name, held == null ? "nothing" : held.toString());
            });
            if (distinct.size() > 1) {
                differences.add("key " + key + ": " + holdings);
            }
        }
        return differences;
    }

    private boolean counts(@Nullable Held held) {
        return held != null && (tombstonesCount || !held.isTombstone());
    }
}
