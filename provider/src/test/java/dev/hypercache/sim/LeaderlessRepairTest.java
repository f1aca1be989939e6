package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.repair.RepairPace;
import dev.hypercache.core.replica.CopyTampering;
import dev.hypercache.core.replica.SlotReplica;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies of a cache that nobody orders become equal again when one of them forgot something (CONSISTENCY §8). */
@Tag("simulation")
class LeaderlessRepairTest {

    private static final int SLOTS = 16;
    private static final RepairPace PACE = RepairPace.of(10_000);
    private static final int WRITTEN = 400;
    private static final int REMOVED = 100;
    /** Two looks at a difference, and what the exchange takes; what exceeded the simulator's tiny bounds is found once more. */
    private static final long EXCHANGE_MILLIS = 4_000;

    private SimRing ring(long seed, int nodes) {
        Chance chance = new Chance(seed);
        SimRing ring = new SimRing(chance.split(), nodes, SLOTS, 3, Healing.USUAL.with(PACE));
        new Suspicions(ring, chance.split(), Detector.USUAL).start();
        ring.run(3_000);
        return ring;
    }

    private static SimKey key(int index) {
        return new SimKey(Workload.ONE, index);
    }

    private static void perform(SimRing ring, EntryOp op, int[] done) {
        SimNode node = ring.open().get(done[0] % ring.open().size());
        Completion counting = new Completion() {
            @Override
            public void performed(Outcome outcome) {
                done[0]++;
            }

            @Override
            public void failed(String reason) {
                throw new AssertionError(reason);
            }

            @Override
            public void indeterminate(@Nullable OpToken token, String reason) {
                throw new AssertionError(reason);
            }
        };
        ring.leaderlessChecks().invoked(op.value() == null ? "nothing" : op.value());
        int slot = ((SimKey) op.key()).slot(SLOTS);
        node.perform(() -> node.coordinator()
                .perform(
                        slot,
                        Workload.ONE,
                        op,
                        CallOptions.mutation(Client.TIMEOUT_MILLIS),
                        counting,
                        node.clock().steadyMillis()));
        ring.run(5);
    }

    private static List<SlotReplica> copiesOf(SimRing ring, SimKey key) {
        int slot = key.slot(SLOTS);
        List<SlotReplica> copies = new ArrayList<>();
        for (int member : ring.topology().of(slot).voters().toArray()) {
            SlotMachine machine = ring.node(member).machine(slot);
            if (machine != null) {
                copies.add(Objects.requireNonNull(machine.leaderless().recordsOf(Workload.ONE)));
            }
        }
        return copies;
    }

    private static void assertAllHold(SimRing ring, Map<SimKey, @Nullable Object> expected) {
        expected.forEach((key, value) -> {
            for (SlotReplica copy : copiesOf(ring, key)) {
                StoredRecord held = copy.held(key);
                assertThat(held == null || held.isTombstone() ? null : held.value())
                        .as(key.toString())
                        .isEqualTo(value);
            }
        });
    }

    /** Writes, then removes the first of it, and waits until nothing tells of that any more. */
    private static Map<SimKey, @Nullable Object> fill(SimRing ring) {
        Map<SimKey, @Nullable Object> expected = new HashMap<>();
        int[] done = {0};
        for (int index = 0; index < WRITTEN; index++) {
            perform(ring, new Put(key(index), "v" + index, ExpiryRule.NEVER), done);
            expected.put(key(index), "v" + index);
        }
        for (int index = 0; index < REMOVED; index++) {
            perform(ring, new Remove(key(index)), done);
            expected.put(key(index), null);
        }
        ring.run(10_000);
        assertThat(done[0]).isEqualTo(WRITTEN + REMOVED);
        for (SimNode node : ring.live()) {
            node.machines()
                    .forEach(machine ->
                            assertThat(machine.leaderless().tombstones()).isZero());
        }
        return expected;
    }

    /** What was deleted is back at one replica, or one holds nothing or something older of what is there. */
    private static void corrupt(SimRing ring, Chance chance) {
        for (int index = 0; index < WRITTEN; index++) {
            SimKey key = key(index);
            SlotReplica victim = chance.oneOf(copiesOf(ring, key));
            StoredRecord old = StoredRecord.value("planted" + index, 2, index + 1, StoredRecord.NEVER);
            if (index < REMOVED || index % 2 == 0) {
                CopyTampering.plant(victim, key, old);
            } else {
                CopyTampering.lose(victim, key);
            }
        }
    }

    @Test
    void corruptedKeysAreRepairedWithTheNextComparisonsAndNoneIsLost() {
        for (long seed = 1; seed <= 4; seed++) {
            SimRing ring = ring(seed, seed % 2 == 0 ? 3 : 5);
            Map<SimKey, @Nullable Object> expected = fill(ring);
            assertAllHold(ring, expected);
            corrupt(ring, new Chance(seed));
            long interval = ring.live().stream()
                    .mapToLong(node -> node.repair().intervalMillis())
                    .max()
                    .orElseThrow();

            ring.run(interval + PACE.intervalMillis() + EXCHANGE_MILLIS);

            assertAllHold(ring, expected);
            assertThat(ring.coverage().of("LEADERLESS_REVIVED")).isPositive();
            assertThat(ring.coverage().of("LEADERLESS_DROPPED")).isPositive();
        }
    }
}
