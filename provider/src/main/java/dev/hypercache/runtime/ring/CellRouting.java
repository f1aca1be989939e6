package dev.hypercache.runtime.ring;

import dev.hypercache.core.coordinate.Routing;
import dev.hypercache.core.message.CallerAccept;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.message.Rejected;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.repair.ReadRepair;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What the requests of one slot learn of the ring; confined to the slot. */
final class CellRouting implements Routing {

    private final SlotHost host;
    private SlotConfiguration configuration;
    private @Nullable SlotMachine machine;
    private int heardLeader = Rejected.NOBODY;
    private long heardMillis;

    CellRouting(SlotHost host, SlotConfiguration configuration) {
        this.host = host;
        this.configuration = configuration;
    }

    /**
     * The slot has other holders.
     *
     * @param newMachine this node's copy; null if it holds none
     */
    void follow(SlotConfiguration newConfiguration, @Nullable SlotMachine newMachine) {
        if (newConfiguration.epoch() != configuration.epoch()) {
            heardLeader = Rejected.NOBODY;
        }
        configuration = newConfiguration;
        machine = newMachine;
    }

    @Override
    public int self() {
        return host.self();
    }

    @Override
    public SlotConfiguration configuration(int slot) {
        return configuration;
    }

    @Override
    public @Nullable String lossOf(int slot) {
        return host.losses().of(slot, configuration);
    }

    /**
     * What others said counts more than what is believed here, unless this node leads itself or cannot reach whom they
     * named.
     */
    @Override
    public int leader(int slot) {
        if (heardLeader != Rejected.NOBODY && suspected().get(heardLeader)) {
            heardLeader = Rejected.NOBODY;
        }
        int own = machine == null ? Rejected.NOBODY : machine.knownLeader();
        boolean isHeard = heardLeader != Rejected.NOBODY && own != host.self();
        return own == Rejected.NOBODY || isHeard ? heardLeader : own;
    }

    @Override
    public void heardOfLeader(int slot, int leader) {
        heardLeader = leader;
    }

    @Override
    public BitSet suspected() {
        return host.watch().suspected();
    }

    @Override
    public boolean isHeard(int member) {
        return host.watch().isHeard(member);
    }

    @Override
    public long slotTimeMillis(int slot) {
        long own = machine == null ? 0 : machine.state().slotTimeMillis();
        return Math.max(host.clock().wallMillis(), Math.max(own, heardMillis));
    }

    @Override
    public void heardOfSlotTime(int slot, long millis) {
        heardMillis = Math.max(heardMillis, millis);
    }

    @Override
    public boolean accept(int slot, int leader, long ballot, CallerAccept accept) {
        return machine != null
                && machine.accept(
                        leader,
                        ballot,
                        accept,
                        host.clock().steadyMillis(),
                        host.clock().wallMillis());
    }

    @Override
    public boolean maySettle() {
        return !host.links().members().isClient();
    }

    @Override
    public void seenStale(int slot, RecordKey name, int member) {
        if (maySettle()) {
            host.repairs().seen(new ReadRepair.Stale(slot, name, member));
        }
    }
}
