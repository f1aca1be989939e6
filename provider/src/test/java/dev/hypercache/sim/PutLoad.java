package dev.hypercache.sim;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Clients that write without pause at nodes taken at random; looks at every acknowledgement, keeps no history. */
final class PutLoad {

    private static final int KEYS = 400;
    private static final long THINK_MICROS = 2_000;

    private final SimRing ring;
    private final Chance chance;
    private final CallOptions options;
    private final List<String> unsafe = new ArrayList<>();
    private long left;
    private long begun;
    private long ended;
    private long failed;
    private long indeterminate;

    PutLoad(SimRing ring, Chance chance, CallOptions options) {
        this.ring = ring;
        this.chance = chance;
        this.options = options;
    }

    void start(int clients, long writes) {
        left = writes;
        for (int i = 0; i < clients; i++) {
            next();
        }
    }

    boolean isBusy() {
        return left > 0 || ended < begun;
    }

    long ended() {
        return ended;
    }

    long unsuccessful() {
        return failed + indeterminate;
    }

    /** The acknowledged writes that fewer than two replicas held when they were acknowledged. */
    List<String> unsafe() {
        return unsafe;
    }

    private void next() {
        if (left > 0) {
            left--;
            begun++;
            ring.queue().after(chance.tailed(THINK_MICROS), this::put);
        }
    }

    private void put() {
        SimNode node = chance.oneOf(ring.live());
        SimKey key = new SimKey(Workload.PLAIN, chance.below(KEYS));
        int slot = key.slot(ring.topology().slots());
        Put put = new Put(key, begun, ExpiryRule.NEVER);
        node.perform(() -> node.coordinator()
                .execute(
                        slot,
                        key.cache(),
                        put,
                        options,
                        new End(slot, key),
                        node.clock().steadyMillis()));
    }

    private final class End implements Completion {
        private final int slot;
        private final SimKey key;

        End(int slot, SimKey key) {
            this.slot = slot;
            this.key = key;
        }

        @Override
        public void performed(Outcome outcome) {
            Version version = Objects.requireNonNull(outcome.after(), "after").version();
            long holders = ring.live().stream()
                    .filter(node -> ring.topology().of(slot).voters().contains(node.id()))
                    .filter(node -> holds(node, version))
                    .count();
            if (holders < 2) {
                unsafe.add(key + "@" + version + " is held by " + holders);
            }
            ended++;
            next();
        }

        private boolean holds(SimNode node, Version version) {
            SlotMachine machine = node.machine(slot);
            StoredRecord held = machine == null
                    ? null
                    : machine.state().replica(key.cache()).held(key);
            return held != null && held.version().compareTo(version) >= 0;
        }

        @Override
        public void failed(String reason) {
            ended++;
            failed++;
            next();
        }

        @Override
        public void indeterminate(@Nullable OpToken token, String reason) {
            ended++;
            indeterminate++;
            next();
        }
    }

    @Override
    public String toString() {
        return ended + " writes, " + failed + " failed, " + indeterminate + " indeterminate";
    }
}
