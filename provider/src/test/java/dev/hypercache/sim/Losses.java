package dev.hypercache.sim;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.LossPolicy;
import dev.hypercache.core.control.ResolveLoss;
import dev.hypercache.core.control.SlotLoss;
import dev.hypercache.core.control.plan.TopologyPlanner;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.sim.check.Action;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slots that lost their majority for good: what is done about them, and what clients may see of it.
 *
 * <p>A reset is written down as a removal of every key of the slot, which nobody waits for: it takes effect at any later time,
 * or never. So nothing may be missing but what was reset, and what a reset took may not come back.
 */
final class Losses {

    private static final List<Integer> CACHES =
            List.of(Workload.PLAIN, Workload.COUNTERS, Workload.LOADED, Workload.ALL, ExpiryLoad.CACHE);

    private static final long OPERATOR_MILLIS_MOST = 3_000;

    private final SimRing ring;
    private final BitSet reset = new BitSet();
    private Chance chance = new Chance(0);
    private @Nullable Histories histories;
    private int keys;
    private LossPolicy policy = LossPolicy.RESET;
    /** When the operator resets what is blocked. */
    private long operatorMillis = Long.MAX_VALUE;

    private boolean calm;

    Losses(SimRing ring) {
        this.ring = ring;
    }

    /** From now on losses are resolved in this ring's own way. */
    void start(Histories newHistories, Workload workload, Chance newChance) {
        histories = newHistories;
        keys = workload.keys();
        chance = newChance;
        policy = chance.happens(0.4) ? LossPolicy.BLOCK : LossPolicy.RESET;
    }

    /** From now on no loss waits. */
    void calmDown() {
        calm = true;
    }

    /** Whether some slot has no majority of members any more. */
    static boolean isAny(ControlState state) {
        BitSet members = state.roster().shortIds();
        for (int slot = 0; slot < state.slots().size(); slot++) {
            if (!state.slots().configuration(slot).isPromiseQuorum(members)) {
                return true;
            }
        }
        return false;
    }

    /** What is to be done now about lost slots; null if nothing is. */
    @Nullable
    ResolveLoss proposal(ControlState state) {
        if (!isAny(state) || !calm && chance.happens(0.7)) {
            return null;
        }
        ResolveLoss resolution = TopologyPlanner.plan(state).resolution(calm ? LossPolicy.RESET : policy);
        if (resolution != null || calm) {
            return resolution;
        }
        long now = ring.queue().nowMillis();
        operatorMillis = Math.min(operatorMillis, now + chance.between(0, OPERATOR_MILLIS_MOST));
        if (now < operatorMillis) {
            ring.coverage().count("LOSS_BLOCKED");
            return null;
        }
        operatorMillis = Long.MAX_VALUE;
        return TopologyPlanner.plan(state).resolution(LossPolicy.RESET);
    }

    /** Whether what a slot held may be gone. */
    boolean isReset(int slot) {
        return reset.get(slot);
    }

    boolean isReset(SimKey key) {
        return reset.get(key.slot(ring.topology().slots()));
    }

    /** A slot has another epoch; these were the members before. */
    void moved(int slot, SlotConfiguration from, SlotConfiguration to, BitSet members) {
        SlotLoss.Kind kind = new SlotLoss(from, members).kind();
        if (to.begunIn() != from.begunIn()) {
            resetAt(slot, from, kind, members);
        } else if (to.rescued() && to.epoch() > from.epoch()) {
            ring.coverage().count(from.isSwitching() ? "SLOT_RESCUED_IN_SWITCH" : "SLOT_RESCUED");
        }
    }

    private void resetAt(int slot, SlotConfiguration from, SlotLoss.Kind kind, BitSet members) {
        if (kind != SlotLoss.Kind.LOST) {
            ring.invariants().violated("loss: slot " + slot + " was reset in " + from + " with members " + members);
        }
        boolean isExtinct = from.electors().countIn(members) == 0;
        ring.coverage().count(isExtinct ? "RESET_EXTINCT" : from.isSwitching() ? "RESET_IN_SWITCH" : "RESET_STABLE");
        reset.set(slot);
        ring.leaderlessChecks().forget(slot);
        Histories written = histories;
        for (int cache : written == null ? List.<Integer>of() : CACHES) {
            for (int index = 0; index < keys; index++) {
                SimKey key = new SimKey(cache, index);
                if (key.slot(ring.topology().slots()) == slot) {
                    written.of(cache).begin(0, Action.of(new Remove(key)));
                }
            }
        }
    }
}
