package dev.hypercache.core.node;

import dev.hypercache.core.lead.SlotLeader;
import dev.hypercache.core.lead.SlotPort;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueEquality;
import dev.hypercache.core.replica.SlotReplica;
import dev.hypercache.core.ring.SlotSpace;
import dev.hypercache.spi.storage.EntryStore;

/**
 * One cache on one node: a replica and a leader per slot.
 *
 * <p>Owns no guard. Slots are independent of each other; whoever calls guards each by itself.
 */
public final class CacheMachine {

    /** Spreads hash codes over the top bits: 2^64 divided by the golden ratio. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final SlotSpace space;
    private final SlotReplica[] replicas;
    private final SlotLeader[] leaders;

    /** Makes the store of a slot. */
    @FunctionalInterface
    public interface Stores {
        EntryStore<StoredRecord> create(int slot);
    }

    /** A cache of a ring of one: this node leads every slot under {@code ballot}. */
    public CacheMachine(SlotSpace space, Ballot ballot, Stores stores, ValueEquality equality, SlotPort port) {
        this.space = space;
        replicas = new SlotReplica[space.size()];
        leaders = new SlotLeader[space.size()];
        for (int slot = 0; slot < leaders.length; slot++) {
            replicas[slot] = new SlotReplica(stores.create(slot));
            leaders[slot] = new SlotLeader(ballot, replicas[slot], equality, port);
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

    public SlotReplica replica(int slot) {
        return replicas[slot];
    }
}
