package dev.hypercache.runtime.ring;

import dev.hypercache.core.lead.LeaderObserver;
import dev.hypercache.core.message.Outbox;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Puts the machines of slots together, with what their node offers. */
final class CellMachines {

    /** Who holds a slot does not change while a node lives. */
    private static final long ONLY_COPY = 1;

    private CellMachines() {}

    /**
     * The machine of a slot of which this node holds a copy.
     *
     * @param caller whose operation is being dealt with, {@link Members#NOBODY} if none is
     */
    static SlotMachine create(
            int slot, SlotConfiguration configuration, SlotHost host, Outbox out, IntSupplier caller) {
        SlotState state = new SlotState(
                slot,
                ONLY_COPY,
                configuration,
                host.stores().of(slot),
                host.tokenWindowMillis(),
                FingerprintKey.of(host.links().members().ring().id()));
        LeaderObserver observer = new Watching(state, host, caller);
        return new SlotMachine(
                state,
                new SlotMachine.Node(
                        host.self(),
                        out,
                        Object::equals,
                        observer,
                        host.holdLimits(),
                        host.hints(),
                        host.clockOffsetMillis(),
                        bound -> ThreadLocalRandom.current().nextInt(bound)));
    }

    /** Tells what the leader does besides what it is asked for. */
    private record Watching(SlotState state, SlotHost host, IntSupplier caller) implements LeaderObserver {

        @Override
        public void changed(
                RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
            host.bounds().changed(name, change, after);
            if (change == Change.EXPIRED && before != null) {
                host.news().expired(name, before, caller.getAsInt());
            }
        }

        @Override
        public void clearing(int cache) {
            host.bounds().clearing(state, cache);
        }
    }
}
