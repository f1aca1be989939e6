package dev.hypercache.core.leaderless;

import dev.hypercache.core.message.HybridKey;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.HybridClock;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.ApplyResult;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.Floor;
import dev.hypercache.core.replica.SlotPromise;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one node holds of one slot's caches that nobody orders: records, clears, the floor.
 *
 * <p>Everything comes in through {@link #apply}, whoever brings it. A value whose time is over becomes a tombstone of the same
 * version, so it goes on standing in the way of older ones; tombstones go when the floor passes them. The floor of these
 * caches has nothing to do with that of ordered ones, whose versions are of another order. Confined to its slot.
 */
final class LeaderlessCopy {

    private static final long SWEEP_MILLIS = 500;

    /** Nobody leads here, so nobody is fenced. */
    private static final long NO_BALLOT = 0;

    private final SlotState.Stores stores;
    private final FingerprintKey secret;
    private final SlotPromise nobody = new SlotPromise();
    private final Map<Integer, SlotReplica> caches = new TreeMap<>();
    private final Map<Integer, HybridVersion> clears = new TreeMap<>();
    private final Floor floor = new Floor();
    private long floorStamp;
    private boolean complete;
    private long sweptAtMillis;
    /** No value's time is over before. */
    private long earliestEndMillis = StoredRecord.NEVER;

    LeaderlessCopy(SlotState.Stores stores, FingerprintKey secret) {
        this.stores = stores;
        this.secret = secret;
    }

    private SlotReplica replica(int cache) {
        SlotReplica replica = caches.get(cache);
        if (replica == null) {
            replica = SlotReplica.oneOfMany(stores.create(cache), nobody, floor, secret);
            caches.put(cache, replica);
        }
        return replica;
    }

    /** A key of the cache of which nothing is held takes only versions above this one. */
    HybridVersion leastOf(int cache) {
        return clearOf(cache).orLater(floorStamp == 0 ? HybridVersion.NONE : HybridVersion.lastOf(floorStamp));
    }

    /** Whether the copy was filled. */
    boolean isComplete() {
        return complete;
    }

    void complete() {
        complete = true;
    }

    /** Traces of removals up to this stamp are gone, or may be. */
    long floor() {
        return floorStamp;
    }

    /** What is held for a key; a value whose time is over by now loses it. */
    @Nullable
    StoredRecord held(RecordKey name, long nowMillis) {
        SlotReplica replica = replica(name.cache());
        StoredRecord held = replica.held(name.key());
        if (held == null || held.isTombstone() || !held.isExpiredAt(nowMillis)) {
            return held;
        }
        replica.expire(name.key(), held);
        return replica.held(name.key());
    }

    /** The one apply rule: a record is taken if it is newer than what is held and what was cleared, and above the floor. */
    ApplyResult apply(RecordKey name, StoredRecord record, long nowMillis) {
        StoredRecord taken = !record.isTombstone() && record.isExpiredAt(nowMillis) ? record.withoutValue() : record;
        SlotReplica replica = replica(name.cache());
        StoredRecord held = replica.held(name.key());
        if (record.hybridVersion().compareTo(clearOf(name.cache())) <= 0) {
            return ApplyResult.BELOW_FLOOR;
        }
        ApplyResult result = replica.apply(NO_BALLOT, name.key(), held, taken);
        if (result == ApplyResult.INSTALLED) {
            earliestEndMillis =
                    taken.isTombstone() ? earliestEndMillis : Math.min(earliestEndMillis, taken.expiresAtMillis());
        } else if (taken.isTombstone() && held != null && !held.isTombstone() && isSame(held, taken)) {
            replica.expire(name.key(), held); // Its time is over elsewhere already.
        }
        return result;
    }

    private static boolean isSame(StoredRecord one, StoredRecord other) {
        return one.hybridVersion().equals(other.hybridVersion());
    }

    /**
     * Gives a record that a majority refuses another version. A value whose time is over leaves the trace of a removal: nobody ever
     * held it under that version, and its end, which a wrong clock told, may be far ahead.
     */
    void rename(RecordKey name, StoredRecord held, HybridVersion version) {
        StoredRecord renamed = held.isTombstone()
                ? StoredRecord.tombstone(version.stamp(), version.origin())
                : StoredRecord.value(held.value(), version.stamp(), version.origin(), held.expiresAtMillis());
        replica(name.cache()).rename(name.key(), held, renamed);
    }

    /** Drops a value that is deleted everywhere else. */
    void drop(RecordKey name, StoredRecord gone) {
        replica(name.cache()).drop(record -> record == gone);
    }

    /** What a record of a key must be newer than. */
    HybridVersion standing(RecordKey name) {
        StoredRecord held = replica(name.cache()).held(name.key());
        return held == null ? leastOf(name.cache()) : held.hybridVersion();
    }

    /** Up to which version a cache was cleared. */
    HybridVersion clearOf(int cache) {
        return clears.getOrDefault(cache, HybridVersion.NONE);
    }

    /** Every clear, by the cache's id. */
    Map<Integer, HybridVersion> clears() {
        return clears;
    }

    /** Drops everything of a cache up to a version, now and for ever; an older clear changes nothing. */
    void clear(int cache, HybridVersion version) {
        if (version.compareTo(clearOf(cache)) > 0) {
            clears.put(cache, version);
            SlotReplica replica = replica(cache);
            replica.drop(held -> held.hybridVersion().compareTo(version) <= 0);
        }
    }

    /** Gives a clear that a majority refuses another version. */
    void renameClear(int cache, HybridVersion version) {
        clears.put(cache, version);
    }

    /** The highest version held of a cache. */
    HybridVersion newestOf(int cache) {
        HybridVersion newest = clearOf(cache);
        for (EntryCursor<StoredRecord> cursor = replica(cache).cursor(); cursor.advance(); ) {
            newest = newest.orLater(cursor.record().hybridVersion());
        }
        return newest;
    }

    /**
     * Every holder has everything up to a stamp: the floor first, then what it covers goes. A value whose time is over here may
     * be one elsewhere still; every holder's time has reached the floor, so what ended before it is over everywhere.
     */
    void raiseFloor(long stamp) {
        if (stamp <= floorStamp) {
            return;
        }
        floorStamp = stamp;
        floor.raise(stamp, Long.MAX_VALUE);
        HybridVersion covered = HybridVersion.lastOf(stamp);
        for (SlotReplica replica : caches.values()) {
            replica.drop(record -> record.hybridVersion().compareTo(covered) <= 0 && isOver(record, stamp));
        }
    }

    private static boolean isOver(StoredRecord record, long stamp) {
        boolean isRemoval = record.isTombstone() && record.expiresAtMillis() == StoredRecord.NEVER;
        return isRemoval || record.isExpiredAt(HybridClock.millisOf(stamp));
    }

    /** Takes the values away whose time is over, twice a second at most. */
    void sweep(long nowMillis) {
        if (nowMillis < earliestEndMillis || Math.abs(nowMillis - sweptAtMillis) < SWEEP_MILLIS) {
            return;
        }
        sweptAtMillis = nowMillis;
        earliestEndMillis = StoredRecord.NEVER;
        for (SlotReplica replica : caches.values()) {
            for (EntryCursor<StoredRecord> cursor = replica.cursor(); cursor.advance(); ) {
                StoredRecord held = cursor.record();
                if (held.isTombstone()) {
                    continue;
                }
                if (held.isExpiredAt(nowMillis)) {
                    replica.expire(cursor.key(), held);
                } else {
                    earliestEndMillis = Math.min(earliestEndMillis, held.expiresAtMillis());
                }
            }
        }
    }

    /** How many traces of removals and expiries are held. */
    int tombstones() {
        int tombstones = 0;
        for (SlotReplica replica : caches.values()) {
            tombstones += replica.tombstones();
        }
        return tombstones;
    }

    /** Every key with its version, tombstones included. */
    List<HybridKey> versions() {
        List<HybridKey> versions = new ArrayList<>();
        caches.forEach((cache, replica) -> {
            for (EntryCursor<StoredRecord> cursor = replica.cursor(); cursor.advance(); ) {
                versions.add(new HybridKey(
                        new RecordKey(cache, cursor.key()), cursor.record().hybridVersion()));
            }
        });
        return versions;
    }

    /** A sum over keys and versions of all that is held, and over the clears. */
    long sum() {
        long sum = 0;
        for (SlotReplica replica : caches.values()) {
            sum += replica.sum();
        }
        for (Map.Entry<Integer, HybridVersion> clear : clears.entrySet()) {
            sum += clear.getKey() * 31L + clear.getValue().hashCode();
        }
        return sum;
    }

    /** Another sum over the same. */
    long mix() {
        long mix = 0;
        for (SlotReplica replica : caches.values()) {
            mix ^= replica.mix();
        }
        return mix;
    }

    /** Whether nothing was ever held here. */
    boolean isEmpty() {
        return caches.isEmpty() && clears.isEmpty();
    }

    /** The records of a cache, for whoever walks over them; null if it has none here. */
    @Nullable
    SlotReplica recordsOf(int cache) {
        return caches.get(cache);
    }

    @Override
    public String toString() {
        return "LeaderlessCopy[" + (complete ? "complete, floor " : "floor ") + HybridClock.millisOf(floorStamp)
                + ", clears " + clears + ", tombstones " + tombstones() + "]";
    }
}
