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
 * <p>In a ring of one all slots share one store: nothing is ever moved by slot, a reader goes straight to the store, and
 * slots only say which guard a writer needs, so there may be many. Owns no guard; slots are independent of each other, and
 * whoever calls guards each by itself.
 */
public final class CacheMachine {

    /** Spreads hash codes over the top bits: 2^64 divided by the golden ratio. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final SlotSpace space;
    private final EntryStore<StoredRecord> store;
    private final SlotLeader[] leaders;

    /** A cache of a ring of one: this node leads every slot under {@code ballot}. */
    public CacheMachine(
            SlotSpace space, Ballot ballot, EntryStore<StoredRecord> store, ValueEquality equality, SlotPort port) {
        this.space = space;
        this.store = store;
        leaders = new SlotLeader[space.size()];
        for (int slot = 0; slot < leaders.length; slot++) {
            leaders[slot] = new SlotLeader(ballot, new SlotReplica(store), equality, port);
        }
    }

    /** The slot of a key whose handle is the application's object. */
    public int slotOf(Object key) {
        return space.slotOf(key.hashCode() * GOLDEN);
    }

    public int slots() {
        return leaders.length;
    }

    public SlotLeader leader(int slot) {
        return leaders[slot];
    }

    /** The record held for a key, expired or not; any thread may ask, without a guard. */
    public @Nullable StoredRecord get(Object key) {
        return store.get(key);
    }

    /** How many records are held, expired ones included. */
    public int size() {
        return store.size();
    }

    /** Walks over all records, without a guard. */
    public EntryCursor<StoredRecord> cursor() {
        return store.cursor();
    }
}
