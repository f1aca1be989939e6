package dev.hypercache.runtime.ring;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.SlotLoss;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.telemetry.NodeLog;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which slots no majority of members can lead any more, as far as this node has followed the log. Safe for use by any threads. */
final class LossWatch {

    private final NodeLog log;
    private volatile BitSet members = new BitSet();
    private volatile int count;

    LossWatch(NodeLog log) {
        this.log = log;
    }

    /** The node has followed the log; on one thread. */
    void follow(ControlState state) {
        BitSet now = state.roster().shortIds();
        int lost = 0;
        int held = 0;
        for (int slot = 0; slot < state.slots().size(); slot++) {
            SlotConfiguration of = state.slots().configuration(slot);
            if (!of.isPromiseQuorum(now)) {
                lost++;
                held += new SlotLoss(of, now).kind() == SlotLoss.Kind.HELD ? 1 : 0;
            }
        }
        if (lost != count) {
            log.warn("ring")
                    .addKeyValue("slots", lost)
                    .addKeyValue("held", held)
                    .log(
                            lost == 0
                                    ? "All slots have a majority of members again."
                                    : "Slots have lost the majority of their voters for good. Those whose survivors hold everything go"
                                            + " on by themselves; the others do as hypercache.loss.policy says: RESET empties them, BLOCK"
                                            + " waits for POST /cluster/reset-lost.");
        }
        members = now;
        count = lost;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** Why a slot stands still, for a caller whose operation fails; null if it does not. */
    @Nullable
    String of(int slot, SlotConfiguration now) {
        if (count == 0) {
            return null;
        }
        SlotLoss loss = new SlotLoss(now, members);
        return loss.kind() == SlotLoss.Kind.NONE ? null : loss.describe(slot);
    }
}
