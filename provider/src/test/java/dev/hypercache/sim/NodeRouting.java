package dev.hypercache.sim;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.SlotLoss;
import dev.hypercache.core.coordinate.Routing;
import dev.hypercache.core.message.CallerAccept;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.repair.ReadRepair;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a node's coordinator learns of the ring from its node. */
final class NodeRouting implements Routing {

    private final SimNode node;
    private final Coverage coverage;
    private final Map<Integer, Integer> leaders = new TreeMap<>();
    private final Map<Integer, Long> slotTimes = new TreeMap<>();
    private long lossesKnownAt;
    private boolean lost;

    NodeRouting(SimNode node, Coverage coverage) {
        this.node = node;
        this.coverage = coverage;
    }

    @Override
    public int self() {
        return node.id();
    }

    @Override
    public SlotConfiguration configuration(int slot) {
        return node.configuration(slot);
    }

    @Override
    public @Nullable String lossOf(int slot) {
        ControlState state = node.control().state();
        if (lossesKnownAt != state.index()) {
            lossesKnownAt = state.index();
            lost = Losses.isAny(state);
        }
        SlotLoss loss = lost ? new SlotLoss(configuration(slot), state.roster().shortIds()) : null;
        return loss == null || loss.kind() == SlotLoss.Kind.NONE ? null : loss.describe(slot);
    }

    @Override
    public int leader(int slot) {
        SlotMachine machine = node.machine(slot);
        int own = machine == null ? Rejected.NOBODY : machine.knownLeader();
        int heard = leaders.getOrDefault(slot, Rejected.NOBODY);
        return own == Rejected.NOBODY || heard != Rejected.NOBODY && own != node.id() ? heard : own;
    }

    @Override
    public void heardOfLeader(int slot, int leader) {
        leaders.put(slot, leader);
    }

    @Override
    public BitSet suspected() {
        return node.suspected();
    }

    @Override
    public long slotTimeMillis(int slot) {
        SlotMachine machine = node.machine(slot);
        long own = machine == null ? 0 : machine.state().slotTimeMillis();
        long heard = slotTimes.getOrDefault(slot, 0L);
        return Math.max(node.clock().wallMillis(), Math.max(own, heard));
    }

    @Override
    public void heardOfSlotTime(int slot, long millis) {
        slotTimes.merge(slot, millis, Math::max);
    }

    @Override
    public boolean accept(int slot, int leader, long ballot, CallerAccept accept) {
        SlotMachine machine = node.machine(slot);
        boolean taken = machine != null
                && machine.accept(
                        leader,
                        ballot,
                        accept,
                        node.clock().steadyMillis(),
                        node.clock().wallMillis());
        coverage.count(taken ? "REPLY_ACCEPT_TAKEN" : "REPLY_ACCEPT_FAILED");
        return taken;
    }

    @Override
    public void seenStale(int slot, RecordKey name, int member) {
        node.repair().seen(new ReadRepair.Stale(slot, name, member));
    }
}
