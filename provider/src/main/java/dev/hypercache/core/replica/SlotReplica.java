package dev.hypercache.core.replica;

import dev.hypercache.core.message.BucketSum;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.EntryStore;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A replica's records of one cache in one slot.
 *
 * <p>There is one way to change a replica, {@link #apply}, whoever brings the record: take it iff the sender's ballot is
 * not fenced and the record is newer than what is held. Deleted keys stay deleted by a <em>floor</em>: before the trace
 * of a removal is dropped the floor rises to its version, and a key of which nothing is held accepts only versions above
 * the floor. A ring of one has nobody to wait for, so it drops the trace of a removal in the moment it applies it; a
 * replica of a ring keeps it as a tombstone. A clear works like a removal of every key that is held.
 *
 * <p>Confined to its slot: the caller guards every method but {@link #get}, {@link #size} and {@link #cursor}, which any
 * thread may call at any time.
 */
public final class SlotReplica {

    private final EntryStore<StoredRecord> store;
    /** The slot's; null in a ring of one, which never has another leader. */
    private final @Nullable SlotPromise promise;
    /** Kept by a replica of a ring; an embedded one compares itself with nobody and needs neither it nor tombstones. */
    private final @Nullable Fingerprint fingerprint;

    private @Nullable Recount recount;
    private final Tombstones tombstones = new Tombstones();
    private final Floor floor;

    SlotReplica(
            EntryStore<StoredRecord> store,
            @Nullable SlotPromise promise,
            @Nullable Fingerprint fingerprint,
            Floor floor) {
        this.store = store;
        this.promise = promise;
        this.fingerprint = fingerprint;
        this.floor = floor;
    }

    /** The only replica of a ring of one. */
    public static SlotReplica alone(EntryStore<StoredRecord> store) {
        return new SlotReplica(store, null, null, new Floor());
    }

    /**
     * One of several replicas; keys are {@link dev.hypercache.core.ring.KeyHash}es, promise and floor are the slot's.
     *
     * @param secret the ring's key of fingerprints
     */
    public static SlotReplica oneOfMany(
            EntryStore<StoredRecord> store, SlotPromise promise, Floor floor, FingerprintKey secret) {
        return new SlotReplica(store, promise, new Fingerprint(secret), floor);
    }

    /** Whether other replicas must hold what this one holds. */
    public boolean isOneOfMany() {
        return fingerprint != null;
    }

    /** The record held for {@code key}, expired or not; null if there is none or only the trace of a removal. */
    public @Nullable StoredRecord get(Object key) {
        StoredRecord held = store.get(key);
        return held == null || held.isTombstone() ? null : held;
    }

    /** The record or tombstone held for {@code key}; null if there is neither. */
    public @Nullable StoredRecord held(Object key) {
        return store.get(key);
    }

    public int size() {
        return store.size();
    }

    public EntryCursor<StoredRecord> cursor() {
        return store.cursor();
    }

    /**
     * The one apply rule.
     *
     * @param messageBallot the packed ballot under which the sender speaks; the record keeps its own version
     */
    public ApplyResult apply(long messageBallot, Object key, StoredRecord record) {
        return apply(messageBallot, key, held(key), record);
    }

    /**
     * The one apply rule for a caller that has just looked, inside the same guard.
     *
     * @param held what {@link #held} answered for the key; what {@link #get} answered in a ring of one
     */
    public ApplyResult apply(long messageBallot, Object key, @Nullable StoredRecord held, StoredRecord record) {
        if (promise != null && !promise.admit(messageBallot)) {
            return ApplyResult.FENCED;
        }
        if (held != null) {
            if (!record.isNewerThan(held)) {
                return ApplyResult.SUPERSEDED;
            }
        } else if (floor.covers(record)) {
            return ApplyResult.BELOW_FLOOR;
        }
        if (fingerprint != null) {
            replace(fingerprint, key, held, record);
        } else if (record.isTombstone()) {
            purge(key, record);
        } else {
            store.put(key, record);
        }
        return ApplyResult.INSTALLED;
    }

    private void replace(Fingerprint kept, Object key, @Nullable StoredRecord held, StoredRecord record) {
        changing(key);
        kept.replace(key, held, record);
        tombstones.replace(key, record);
        store.put(key, record);
        if (kept.isCrowded()) {
            kept.regrow(store.cursor());
        }
    }

    private void changing(Object key) {
        if (recount != null) {
            recount.touch(key);
        }
    }

    /** Drops a removal's trace that every replica has confirmed: floor first. */
    private void purge(Object key, StoredRecord tombstone) {
        floor.raise(tombstone.ballot(), tombstone.sequence());
        store.remove(key);
    }

    /** Drops the tombstones that the floor covers. */
    void purge() {
        tombstones.takeBelow(floor, (key, tombstone) -> remove(key, tombstone));
        shrink();
    }

    private void remove(Object key, StoredRecord held) {
        store.remove(key);
        if (fingerprint != null) {
            changing(key);
            fingerprint.replace(key, held, null);
        }
    }

    /** How many tombstones are held. */
    public int tombstones() {
        return tombstones.size();
    }

    /** Moves the end of life of the version that is held; any other version is left alone. */
    public void touch(Object key, StoredRecord touched) {
        StoredRecord held = store.get(key);
        if (held != null && held.sequence() == touched.sequence() && held.ballot() == touched.ballot()) {
            store.put(key, touched);
        }
    }

    /**
     * Drops every record up to (ballot, sequence), now and for ever. What is newer stays, should the clear come late.
     *
     * @param messageBallot the packed ballot under which the sender speaks
     */
    public ApplyResult clear(long messageBallot, long ballot, long sequence) {
        if (promise != null && !promise.admit(messageBallot)) {
            return ApplyResult.FENCED;
        }
        StoredRecord cleared = StoredRecord.tombstone(ballot, sequence);
        if (!floor.raise(ballot, sequence)) {
            return ApplyResult.SUPERSEDED;
        }
        drop(held -> !held.isNewerThan(cleared));
        return ApplyResult.INSTALLED;
    }

    /** Takes the value of a record away whose time is over; the record goes on standing in the way of older ones. */
    public void expire(Object key, StoredRecord held) {
        StoredRecord expired = held.withoutValue(); // Of the same version, so the fingerprint stands.
        tombstones.replace(key, expired);
        store.put(key, expired);
    }

    /** Gives what is held for a key another version, be it a lower one; whoever calls knows that nobody else holds this one. */
    public void rename(Object key, StoredRecord held, StoredRecord renamed) {
        if (fingerprint != null) {
            fingerprint.replace(key, held, renamed);
            tombstones.replace(key, renamed);
        }
        store.put(key, renamed);
    }

    /** Drops records without a trace: whoever calls knows them gone. */
    public void drop(Predicate<StoredRecord> gone) {
        for (EntryCursor<StoredRecord> cursor = store.cursor(); cursor.advance(); ) {
            StoredRecord held = cursor.record();
            if (gone.test(held)) {
                tombstones.replace(cursor.key(), null);
                remove(cursor.key(), held);
            }
        }
        shrink();
    }

    private void shrink() {
        if (fingerprint != null) {
            fingerprint.shrink();
        }
    }

    /** Counts the records once more, so many at a time; mends the fingerprint if it does not fit them. */
    Recount.Step recount(int recordsMost) {
        Fingerprint kept = fingerprint;
        if (kept == null) {
            return Recount.Step.CLEAN;
        }
        if (recount == null) {
            recount = new Recount(kept, store.cursor());
        }
        Recount.Step step = recount.proceed(kept, recordsMost);
        if (step == Recount.Step.MISMATCHED) {
            kept.rebuild(store.cursor());
        }
        if (step != Recount.Step.UNDER_WAY) {
            recount = null;
        }
        return step;
    }

    /** The fingerprint's buckets, so many at most; none in a ring of one. */
    List<BucketSum> buckets(int sizeMost) {
        return fingerprint == null ? List.of() : fingerprint.buckets(sizeMost);
    }

    /** The fingerprint's sum, 0 in a ring of one. */
    public long sum() {
        return fingerprint == null ? 0 : fingerprint.sum();
    }

    /** The fingerprint's other sum, 0 in a ring of one. */
    public long mix() {
        return fingerprint == null ? 0 : fingerprint.mix();
    }

    @Override
    public String toString() {
        return "SlotReplica[size=" + store.size() + ", promised=" + promise + ", floor=" + floor + "]";
    }
}
