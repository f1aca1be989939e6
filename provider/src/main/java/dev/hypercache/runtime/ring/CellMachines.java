package dev.hypercache.runtime.ring;

import dev.hypercache.core.leaderless.LeaderlessSlot;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/** Puts the machines of slots together, with what their node offers. */
final class CellMachines {

    private CellMachines() {}

    /**
     * The machine of a slot of which this node holds a copy, empty yet.
     *
     * @param copy tells this copy from those of the slot that the node held before
     * @param caller whose operation is being dealt with, {@link Members#NOBODY} if none is
     */
    static SlotMachine create(
            int slot, long copy, SlotConfiguration configuration, SlotHost host, Outbox out, IntSupplier caller) {
        SlotState state = new SlotState(
                slot,
                copy,
                configuration,
                host.stores().of(slot),
                host.tokenWindowMillis(),
                FingerprintKey.of(host.links().members().ring().id()));
        return new SlotMachine(
                state,
                new SlotMachine.Node(
                        host.self(),
                        out,
                        Object::equals,
                        new CellObserver(host, state, caller),
                        host.holdLimits(),
                        host.hints(),
                        host.moves(),
                        host.clockOffsetMillis(),
                        host.votersLeast(),
                        bound -> ThreadLocalRandom.current().nextInt(bound),
                        host.watch()::isHeard,
                        leaderless(slot, host, out)));
    }

    private static LeaderlessSlot.Node leaderless(int slot, SlotHost host, Outbox out) {
        return new LeaderlessSlot.Node(
                host.self(),
                out,
                Object::equals,
                host.metrics()::leaderless,
                host.leaderless(),
                host.hints(),
                host.moves(),
                host.stores().of(slot),
                FingerprintKey.of(host.links().members().ring().id()),
                host.leaderlessWrites());
    }
}
