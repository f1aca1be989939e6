package dev.hypercache.core.replica;

import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.EntryStore;
import org.jspecify.annotations.Nullable;

/**
 * A replica's records of one cache in one slot.
 *
 * <p>There is one way to change a replica, {@link #apply}, whoever brings the record: take it iff the sender's ballot is
 * not fenced and the record is newer than what is held. Deleted keys stay deleted by a <em>floor</em>: before the trace
 * of a removal is dropped the floor rises to its version, and a key of which nothing is held accepts only versions above
 * the floor. A ring of one has nobody to wait for, so it drops the trace of a removal in the moment it applies it.
 *
 * <p>Confined to its slot: the caller guards every method but {@link #get}, {@link #size} and {@link #cursor}, which any
 * thread may call at any time.
 */
public final class SlotReplica {

    private final EntryStore<StoredRecord> store;
    private long promised;
    private long floorBallot;
    private long floorSequence;

    public SlotReplica(EntryStore<StoredRecord> store) {
        this.store = store;
    }

    /** The record held for {@code key}, expired or not; null if there is none or only the trace of a removal. */
    public @Nullable StoredRecord get(Object key) {
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
        return apply(messageBallot, key, store.get(key), record);
    }

    /**
     * The one apply rule for a caller that has just looked, inside the same guard.
     *
     * @param held what {@link #get} answered for the key
     */
    public ApplyResult apply(long messageBallot, Object key, @Nullable StoredRecord held, StoredRecord record) {
        if (messageBallot < promised) {
            return ApplyResult.FENCED;
        }
        promised = messageBallot;
        if (held != null) {
            if (!record.isNewerThan(held)) {
                return ApplyResult.SUPERSEDED;
            }
        } else if (!record.isAbove(floorBallot, floorSequence)) {
            return ApplyResult.BELOW_FLOOR;
        }
        if (record.isTombstone()) {
            purge(key, record);
        } else {
            store.put(key, record);
        }
        return ApplyResult.INSTALLED;
    }

    /** Drops a removal's trace that every replica has confirmed: floor first. */
    private void purge(Object key, StoredRecord tombstone) {
        raiseFloor(tombstone);
        store.remove(key);
    }

    private void raiseFloor(StoredRecord to) {
        if (to.isAbove(floorBallot, floorSequence)) {
            floorBallot = to.ballot();
            floorSequence = to.sequence();
        }
    }

    /** Moves the end of life of the version that is held; any other version is left alone. */
    public void touch(Object key, StoredRecord touched) {
        StoredRecord held = store.get(key);
        if (held != null && held.sequence() == touched.sequence() && held.ballot() == touched.ballot()) {
            store.put(key, touched);
        }
    }

    /** Drops every record up to (ballot, sequence), now and for ever. What is newer stays, should the clear come late. */
    public ApplyResult clear(long ballot, long sequence) {
        if (ballot < promised) {
            return ApplyResult.FENCED;
        }
        promised = ballot;
        StoredRecord cleared = StoredRecord.tombstone(ballot, sequence);
        raiseFloor(cleared);
        for (EntryCursor<StoredRecord> cursor = store.cursor(); cursor.advance(); ) {
            if (!cursor.record().isNewerThan(cleared)) {
                store.remove(cursor.key());
            }
        }
        return ApplyResult.INSTALLED;
    }

    @Override
    public String toString() {
        return "SlotReplica[size=" + store.size() + ", promised=" + Ballot.unpack(promised) + ", floor="
                + Ballot.unpack(floorBallot) + "#" + floorSequence + "]";
    }
}
