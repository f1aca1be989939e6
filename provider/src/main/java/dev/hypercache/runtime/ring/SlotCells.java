package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.SlotEntry;
import dev.hypercache.core.control.SlotTable;
import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.Message;
import dev.hypercache.core.message.PairMessage;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.ring.KeyHash;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.core.ring.SlotSpace;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/** All slots of the ring as one node sees them: with a copy where it is a replica, for its callers' requests everywhere. */
final class SlotCells {

    private final RepairInbox repairs;
    private final SlotSpace space;
    private final SlotCell[] cells;
    private final Map<SlotConfiguration, SlotConfiguration> shared = new HashMap<>();

    SlotCells(SlotTable table, SlotHost host) {
        this.repairs = host.repairs();
        this.space = new SlotSpace(table.size());
        this.cells = new SlotCell[table.size()];
        for (int slot = 0; slot < cells.length; slot++) {
            cells[slot] = new SlotCell(slot, shared(table.entries().get(slot)), host);
        }
    }

    /** Slots of the same holders look at one object, which is in a processor's cache then. */
    private SlotEntry shared(SlotEntry entry) {
        if (shared.size() >= cells.length) {
            shared.clear();
        }
        SlotConfiguration configuration = shared.computeIfAbsent(entry.configuration(), same -> same);
        return new SlotEntry(configuration, entry.changedAt(), entry.heldSince());
    }

    /**
     * The ring agreed on another table; for one thread.
     *
     * @param changed the slots that differ from the table that was followed before
     */
    void follow(SlotTable table, BitSet changed) {
        changed.stream()
                .forEach(slot -> cells[slot].follow(shared(table.entries().get(slot))));
    }

    /**
     * Copies keep nothing of caches that the ring has dropped: neither records nor clears, which every promise would carry for
     * ever. Copies that have something under way keep it until the next time.
     */
    void forget(IntPredicate dropped) {
        for (SlotCell cell : cells) {
            cell.withCopy(copy -> forget(copy, dropped));
        }
    }

    private static void forget(SlotMachine copy, IntPredicate dropped) {
        if (!copy.isIdle()) {
            return;
        }
        copy.state().forgetCaches(dropped);
        Leadership leadership = copy.leadership();
        if (leadership != null) {
            leadership.forgetCaches(dropped);
        }
    }

    /** The caches of which this node's copies keep anything, in the slot that has most. */
    int cachesKept() {
        int[] most = new int[1];
        for (SlotCell cell : cells) {
            cell.withCopy(
                    copy -> most[0] = Math.max(most[0], copy.state().contents().caches()));
        }
        return most[0];
    }

    /** How many tombstones this node's copies hold. */
    long tombstones() {
        long[] tombstones = new long[1];
        for (SlotCell cell : cells) {
            cell.withCopy(copy -> tombstones[0] +=
                    copy.state().contents().tombstones() + copy.leaderless().tombstones());
        }
        return tombstones[0];
    }

    int size() {
        return cells.length;
    }

    SlotCell cell(int slot) {
        return cells[slot];
    }

    /** The slot of a key. */
    SlotCell of(KeyHash key) {
        return cells[space.slotOf(key.hash64())];
    }

    /** Hands a message to its slot, or to whoever compares nodes; false if the ring has no such slot. */
    boolean receive(int from, Message message) {
        if (message instanceof PairMessage pair) {
            repairs.offer(from, pair);
            return true;
        }
        if (message.slot() >= cells.length) {
            return false;
        }
        cells[message.slot()].receive(from, message);
        return true;
    }

    /** How many slots this node leads. */
    int led() {
        int led = 0;
        for (SlotCell cell : cells) {
            led += cell.isLed() ? 1 : 0;
        }
        return led;
    }

    /** How many slots of which this node holds a copy nobody leads, as far as known here. */
    int withoutLeader() {
        int[] without = new int[1];
        for (SlotCell cell : cells) {
            cell.withCopy(copy -> without[0] += copy.hasLeader() ? 0 : 1);
        }
        return without[0];
    }

    /** How many of this node's callers wait for a hold that somebody else has. */
    int heldUp() {
        int[] waiting = new int[1];
        for (SlotCell cell : cells) {
            cell.withHolds(holds -> waiting[0] += holds.heldUp());
        }
        return waiting[0];
    }

    /** No slot deals with any event from now on. */
    void close() {
        for (SlotCell cell : cells) {
            cell.close();
        }
    }

    /** Of how many slots this node holds a copy. */
    int held() {
        int held = 0;
        for (SlotCell cell : cells) {
            held += cell.isHeld() ? 1 : 0;
        }
        return held;
    }
}
