package dev.hypercache.core.replica;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The records of a slot's caches whose writes a leader orders, under one promise and one floor. Confined to its slot. */
final class SlotRecords {

    private final SlotState.Stores stores;
    private final SlotPromise promise;
    private final FingerprintKey secret;
    private final Floor floor = new Floor();
    private final Map<Integer, SlotReplica> caches = new TreeMap<>();
    /** The cache that was asked for last, most likely the next one, too. */
    private int lastCache;

    private @Nullable SlotReplica last;

    SlotRecords(SlotState.Stores stores, SlotPromise promise, FingerprintKey secret) {
        this.secret = secret;
        this.stores = stores;
        this.promise = promise;
    }

    /** Of a cache; made when first asked for. */
    SlotReplica of(int cache) {
        SlotReplica replica = find(cache);
        if (replica == null) {
            replica = SlotReplica.oneOfMany(stores.create(cache), promise, floor, secret);
            caches.put(cache, replica);
        }
        return replica;
    }

    private @Nullable SlotReplica find(int cache) {
        if (last == null || lastCache != cache) {
            last = caches.get(cache);
            lastCache = cache;
        }
        return last;
    }

    /** The record or tombstone of an entry; null if there is neither. */
    @Nullable
    StoredRecord held(RecordKey name) {
        SlotReplica replica = find(name.cache());
        return replica == null ? null : replica.held(name.key());
    }

    /**
     * The name of an entry, by the very key that a record of it is filed under: whoever keeps that beside the records keeps no
     * second key, and whoever looks for it and for the record fetches one from memory.
     */
    static RecordKey filed(RecordKey name, StoredRecord record) {
        boolean isOther = record.isFiled() && record.filedKey() != name.key();
        return isOther ? new RecordKey(name.cache(), record.filedKey()) : name;
    }

    /** The tombstone of an entry; null if there is none. */
    @Nullable
    StoredRecord tombstone(RecordKey name) {
        StoredRecord held = held(name);
        return held != null && held.isTombstone() ? held : null;
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

    /** The records of caches go without a trace, tombstones too; the floor stays, below whatever is written from now on. */
    void forget(IntPredicate which) {
        caches.entrySet().removeIf(cache -> {
            boolean goes = which.test(cache.getKey());
            if (goes) {
                cache.getValue().drop(record -> true);
            }
            return goes;
        });
        last = null;
    }

    int tombstones() {
        int tombstones = 0;
        for (SlotReplica replica : caches.values()) {
            tombstones += replica.tombstones();
        }
        return tombstones;
    }

    /** The caches of which anything was ever held. */
    Map<Integer, SlotReplica> caches() {
        return caches;
    }

    @Override
    public String toString() {
        return "floor=" + floor + ", caches=" + caches;
    }
}
