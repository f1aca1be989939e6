package dev.hypercache.core.node;

import dev.hypercache.core.lead.SlotLeader;
import dev.hypercache.core.lead.SlotPort;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.core.ring.SlotSpace;
import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.EntryStore;
import org.jspecify.annotations.Nullable;

/**
 * One cache on one node: a replica and a leader per slot.
 *
 * <p>A reader of a ring of one goes straight to the slot's store. Owns no guard; slots are independent of each other, and
 * whoever calls guards each by itself.
 */
public final class CacheMachine {

    /** Spreads hash codes over the top bits: 2^64 divided by the golden ratio. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final int shift;
    private final EntryStore<StoredRecord>[] stores;
    private final SlotLeader[] leaders;

    /** Makes the store of a slot. */
    @FunctionalInterface
    public interface Stores {
        EntryStore<StoredRecord> create(int slot);
    }

    /** A cache of a ring of one: this node leads every slot under {@code ballot}. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // There is no array of a generic type.
    public CacheMachine(SlotSpace space, Ballot ballot, Stores stores, ValueEquality equality, SlotPort port) {
        this.shift = space.shift();
        this.stores = new EntryStore[space.size()];
        this.leaders = new SlotLeader[space.size()];
        for (int slot = 0; slot < leaders.length; slot++) {
            this.stores[slot] = stores.create(slot); // One after the other, so that they are neighbours in memory.
        }
        for (int slot = 0; slot < leaders.length; slot++) {
            leaders[slot] = new SlotLeader(ballot, SlotReplica.alone(this.stores[slot]), equality, port);
        }
    }

    /** The slot of a key whose handle is the application's object. */
    public int slotOf(Object key) {
        return slotOf(key.hashCode());
    }

    private int slotOf(int hashCode) {
        return (int) ((hashCode * GOLDEN) >>> shift) & (stores.length - 1);
    }

    public int slots() {
        return leaders.length;
    }

    public SlotLeader leader(int slot) {
        return leaders[slot];
    }

    /** The record held for a key, expired or not; any thread may ask, without a guard. */
    public @Nullable StoredRecord get(Object key) {
        int hashCode = key.hashCode();
        return stores[slotOf(hashCode)].get(key, hashCode);
    }

    /** How many records are held, expired ones included. */
    public long size() {
        long size = 0;
        for (EntryStore<StoredRecord> store : stores) {
            size += store.size();
        }
        return size;
    }

    /** Walks over the records of a slot. */
    public EntryCursor<StoredRecord> cursor(int slot) {
        return stores[slot].cursor();
    }

    /** Walks over all records, without a guard. */
    public EntryCursor<StoredRecord> cursor() {
        return new SlotsCursor(stores);
    }
}
