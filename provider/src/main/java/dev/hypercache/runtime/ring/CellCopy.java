package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.SlotEntry;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.message.RequestMessage;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * This node's copy of one slot, as long as the ring says that it holds one. Confined to the slot; any thread may look whether there
 * is one.
 */
final class CellCopy {

    private final int slot;
    private final SlotHost host;
    private final Outbox out;
    private final IntSupplier caller;
    private volatile @Nullable SlotMachine machine;
    /** The change of the topology log from which on this node holds the slot without a break. */
    private long heldSince;

    private BitSet suspected = new BitSet();

    CellCopy(int slot, SlotHost host, Outbox out, IntSupplier caller) {
        this.slot = slot;
        this.host = host;
        this.out = out;
        this.caller = caller;
    }

    /** The machine of the copy; null if this node holds none. */
    @Nullable
    SlotMachine machine() {
        return machine;
    }

    /**
     * Begins, goes on or ends as the ring says. A copy from another stretch of holding is worth nothing: tombstones may have gone
     * meanwhile without asking it.
     *
     * @return the copy that was given up; null if none was
     */
    @Nullable
    SlotMachine follow(SlotEntry entry, long now) {
        SlotConfiguration configuration = entry.configuration();
        Long since = entry.heldSince().get(host.self());
        SlotMachine present = machine;
        SlotMachine dropped = null;
        if (present != null && (since == null || since != heldSince)) {
            present.discard();
            dropped = present;
            present = null;
        }
        if (present == null && since != null) {
            heldSince = since;
            suspected = host.watch().suspected();
            present = CellMachines.create(slot, since, configuration, host, out, caller);
            present.suspect(suspected, now);
        } else if (present != null && !present.state().configuration().equals(configuration)) {
            present.configure(configuration, now);
            present.tick(now, host.clock().wallMillis());
        }
        machine = present;
        return dropped;
    }

    /** The node does or does not lead the slot, and did or did not before. */
    void led(boolean before, boolean now) {
        SlotMachine present = machine;
        if (present != null && now && !before) {
            host.metrics().tookOver();
            host.repairs().leadershipChanged();
            host.bounds().took(present.state());
        } else if (present != null && !now && before) {
            host.bounds().lost(present.state());
        }
    }

    /** A node that holds no copy of the slot cannot perform a request. */
    void turnAway(int from, RequestMessage request) {
        long slotTimeMillis = host.clock().wallMillis();
        out.send(from, Rejected.of(slot, request.head(), Rejected.Reason.NO_COPY, Rejected.NOBODY, slotTimeMillis));
    }

    /** Does what is due, and learns of suspicions that are new. */
    void tick(long now) {
        SlotMachine present = machine;
        if (present == null) {
            return;
        }
        BitSet newest = host.watch().suspected();
        if (newest != suspected) { // It is replaced when it changes.
            suspected = newest;
            present.suspect(newest, now);
        }
        present.tick(now, host.clock().wallMillis());
    }
}
