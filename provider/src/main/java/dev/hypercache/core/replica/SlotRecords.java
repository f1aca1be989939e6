package dev.hypercache.core.replica;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.CopySummary;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of a slot's caches whose writes a leader orders, under one promise and one floor. Confined to its slot. */
final class SlotRecords {

    private final SlotState.Stores stores;
    private final SlotPromise promise;
    private final Floor floor = new Floor();
    private final Map<Integer, SlotReplica> caches = new TreeMap<>();

    SlotRecords(SlotState.Stores stores, SlotPromise promise) {
        this.stores = stores;
        this.promise = promise;
    }

    /** Of a cache; made when first asked for. */
    SlotReplica of(int cache) {
        SlotReplica replica = caches.get(cache);
        if (replica == null) {
            replica = SlotReplica.oneOfMany(stores.create(cache), promise, floor);
            caches.put(cache, replica);
        }
        return replica;
    }

    /** The record or tombstone of an entry; null if there is neither. */
    @Nullable
    StoredRecord held(RecordKey name) {
        SlotReplica replica = caches.get(name.cache());
        return replica == null ? null : replica.held(name.key());
    }

    boolean isHeld(RecordKey name) {
        return held(name) != null;
    }

    Version floor() {
        return floor.version();
    }

    /**
     * Raises the floor, then drops the tombstones that it covers.
     *
     * @return false if the floor is there or higher already
     */
    boolean raiseFloor(Version version) {
        boolean rises = floor.raise(version.ballot(), version.sequence());
        if (rises) {
            caches.values().forEach(SlotReplica::purge);
        }
        return rises;
    }

    int tombstones() {
        int tombstones = 0;
        for (SlotReplica replica : caches.values()) {
            tombstones += replica.tombstones();
        }
        return tombstones;
    }

    /** What is held, in short. */
    CopySummary summary(List<ClearMark> clears) {
        long sum = 0;
        long mix = 0;
        int records = 0;
        for (SlotReplica replica : caches.values()) {
            sum += replica.sum();
            mix ^= replica.mix();
            records += replica.size();
        }
        return new CopySummary(sum, mix, records, clears);
    }

    /** Every key with its version. */
    List<KeyVersion> versions() {
        List<KeyVersion> versions = new ArrayList<>();
        for (Map.Entry<Integer, SlotReplica> cache : caches.entrySet()) {
            for (EntryCursor<StoredRecord> cursor = cache.getValue().cursor(); cursor.advance(); ) {
                RecordKey name = new RecordKey(cache.getKey(), cursor.key());
                versions.add(new KeyVersion(name, cursor.record().version()));
            }
        }
        return versions;
    }

    @Override
    public String toString() {
        return "floor=" + floor + ", caches=" + caches;
    }
}
