package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.AskBuckets;
import dev.hypercache.core.message.AskPair;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.PairRoots;
import dev.hypercache.core.message.PairSame;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.Ballot;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.repair.RepairPace;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.sim.check.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies that differ become equal again, at next to no cost while they do not (CONSISTENCY §8). Time is simulated. */
@Tag("simulation")
class RepairTest {

    private static final int SLOTS = 16;
    private static final RepairPace PACE = RepairPace.of(10_000);
    private static final int CORRUPTED = 1_000;
    private static final int WRITTEN = 2_000;
    private static final int REMOVED = 200;
    private static final int ENTRIES = 100_000;
    /** What an exchange takes besides the interval. */
    private static final long EXCHANGE_MILLIS = 1_000;

    private final Histories histories = new Histories();

    private SimRing ring(long seed, int nodes) {
        Chance chance = new Chance(seed);
        SimRing ring = new SimRing(chance.split(), nodes, SLOTS, 3, Healing.USUAL.with(PACE));
        new Suspicions(ring, chance.split(), Detector.USUAL).start();
        ring.run(3_000);
        return ring;
    }

    /** Performs operations at nodes in turn, each when the one before it has ended. */
    private void perform(SimRing ring, List<EntryOp> ops) {
        int[] done = {0};
        for (int i = 0; i < ops.size(); i++) {
            EntryOp op = ops.get(i);
            Client client = new Client(ring, 1, ring.open().get(i % ring.open().size()));
            client.call(histories.of(Workload.PLAIN), Action.of(op), op, null, end -> {
                assertThat(end.outcome()).as(end.trouble()).isNotNull();
                done[0]++;
            });
            if (i % 50 == 49) {
                ring.run(20);
            }
        }
        ring.run(3_000);
        assertThat(done[0]).isEqualTo(ops.size());
    }

    private static SimKey key(int index) {
        return new SimKey(Workload.PLAIN, index);
    }

    private static List<SlotMachine> replicasOf(SimRing ring, int slot) {
        List<SlotMachine> replicas = new ArrayList<>();
        for (int member : ring.topology().of(slot).voters().toArray()) {
            SlotMachine machine = ring.node(member).machine(slot);
            if (machine != null) {
                replicas.add(machine);
            }
        }
        return replicas;
    }

    private static boolean isEqual(SimRing ring) {
        for (int slot = 0; slot < SLOTS; slot++) {
            List<SlotMachine> replicas = replicasOf(ring, slot);
            Object first = replicas.get(0).state().contents().root();
            if (!replicas.stream().allMatch(one -> one.state().contents().root().equals(first))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Object valueAt(SlotMachine machine, SimKey key) {
        StoredRecord held = machine.state().replica(key.cache()).get(key);
        return held == null ? null : held.value();
    }

    private static long interval(SimRing ring) {
        return ring.live().stream()
                .mapToLong(node -> node.repair().intervalMillis())
                .max()
                .orElseThrow();
    }

    /** Writes so many keys, then removes the first of them, and returns what there should be. */
    private Map<SimKey, @Nullable Object> fill(SimRing ring) {
        Map<SimKey, @Nullable Object> expected = new HashMap<>();
        List<EntryOp> ops = new ArrayList<>();
        for (int index = 0; index < WRITTEN; index++) {
            ops.add(new Put(key(index), "v" + index, ExpiryRule.NEVER));
            expected.put(key(index), "v" + index);
        }
        perform(ring, ops);
        List<EntryOp> removals = new ArrayList<>();
        for (int index = 0; index < REMOVED; index++) {
            removals.add(new Remove(key(index)));
            expected.put(key(index), null);
        }
        perform(ring, removals);
        assertThat(isEqual(ring)).isTrue();
        return expected;
    }

    /** Any of the four kinds, at any of the replicas, the leader's included; removed keys come back at one of them. */
    private static void corrupt(SimRing ring, Chance chance, Map<SimKey, @Nullable Object> expected) {
        Corruption corruption = new Corruption(ring);
        List<Corruption.Kind> kinds = List.of(Corruption.Kind.values());
        for (int index = 0; index < CORRUPTED; index++) {
            Corruption.Kind kind = kinds.get(index % kinds.size());
            int number = index < REMOVED || kind != Corruption.Kind.EXTRA ? index : WRITTEN + index;
            SimKey key = key(number);
            SlotMachine victim = chance.oneOf(replicasOf(ring, key.slot(SLOTS)));
            corruption.happen(victim, key, index < REMOVED ? Corruption.Kind.EXTRA : kind);
            expected.putIfAbsent(key, null);
        }
    }

    @Test
    void thousandCorruptedKeysAreRepairedWithinTheIntervalAndNoneIsLost() {
        for (long seed = 1; seed <= 4; seed++) {
            SimRing ring = ring(seed, seed % 2 == 0 ? 3 : 5);
            Map<SimKey, @Nullable Object> expected = fill(ring);
            corrupt(ring, new Chance(seed), expected);
            assertThat(isEqual(ring)).isFalse();

            ring.run(interval(ring) + EXCHANGE_MILLIS);

            assertThat(isEqual(ring)).isTrue();
            expected.forEach((key, value) -> {
                for (SlotMachine machine : replicasOf(ring, key.slot(SLOTS))) {
                    assertThat(valueAt(machine, key)).as(key.toString()).isEqualTo(value);
                }
            });
            assertThat(ring.coverage().of("REPAIR_SENT")).isPositive();
            assertThat(ring.coverage().of("REPAIR_REVIVED")).isPositive();
            assertThat(ring.coverage().of("REPAIR_KILLED")).isPositive();
            assertThat(ring.invariants().violations()).isEmpty();
        }
    }

    /** All replicas hold so many entries, as if an earlier leader had written them. */
    private static void load(SimRing ring) {
        long earlier = new Ballot(1, 0, 0).packed();
        for (int index = 0; index < ENTRIES; index++) {
            SimKey key = key(index);
            StoredRecord record = StoredRecord.value("v", earlier, index + 1, StoredRecord.NEVER);
            for (SlotMachine machine : replicasOf(ring, key.slot(SLOTS))) {
                SlotState state = machine.state();
                RecordKey name = new RecordKey(key.cache(), key);
                state.apply(state.promise().ballot(), new RecordEntry(name, record, Lineage.EMPTY, null));
            }
        }
    }

    @Test
    void idleRingComparesItselfSeldomAndCheaplyUntilSomethingDiffers() {
        SimRing ring = ring(9, 5);
        load(ring);
        ring.run(700_000);
        assertThat(interval(ring)).isEqualTo(PACE.intervalMostMillis());
        long asked = ring.network().sent(AskPair.class);
        long same = ring.network().sent(PairSame.class);
        long clean = ring.coverage().of("REPAIR_CLEAN");
        ring.run(2 * PACE.intervalMostMillis());
        long cycles = ring.network().sent(AskPair.class) - asked;
        assertThat(cycles).isPositive().isLessThanOrEqualTo(2L * 5 * 4);
        assertThat(ring.network().sent(PairSame.class) - same).isEqualTo(cycles);
        assertThat(ring.coverage().of("REPAIR_CLEAN") - clean).isEqualTo(cycles);
        assertThat(ring.network().sent(PairRoots.class) + ring.network().sent(AskBuckets.class))
                .as("what more than a digest was asked for")
                .isZero();

        SlotMachine follower = replicasOf(ring, 3).stream()
                .filter(machine -> !machine.isServing())
                .findFirst()
                .orElseThrow();
        new Corruption(ring).happen(follower, key(3), Corruption.Kind.LOST);
        Supplier<Long> shortest = () -> ring.live().stream()
                .mapToLong(node -> node.repair().intervalMillis())
                .min()
                .orElseThrow();
        long waited = 0;
        for (; !isEqual(ring) && waited <= PACE.intervalMostMillis(); waited += 100) {
            ring.run(100);
        }
        assertThat(isEqual(ring)).isTrue();
        assertThat(waited).isLessThanOrEqualTo(PACE.intervalMostMillis());
        assertThat(shortest.get()).isEqualTo(PACE.intervalMillis());
        System.out.println("idle ring of 5 nodes with " + ENTRIES + " entries: " + cycles + " comparisons in "
                + 2 * PACE.intervalMostMillis() / 1_000 + " s; one lost record was back after " + waited + " ms");
    }

    @Test
    void replicaThatSleptThroughRemovalsBringsNothingBack() {
        SimRing ring = ring(5, 3);
        Map<SimKey, @Nullable Object> expected = fill(ring);
        SimNode sleeper = ring.live().get(2);
        sleeper.pause();
        ring.run(3_000);
        List<EntryOp> removals = new ArrayList<>();
        for (int index = REMOVED; index < 2 * REMOVED; index++) {
            removals.add(new Remove(key(index)));
            expected.put(key(index), null);
        }
        int[] done = {0};
        for (EntryOp op : removals) {
            Client client = new Client(ring, 1, ring.live().get(0));
            client.call(histories.of(Workload.PLAIN), Action.of(op), op, null, end -> done[0]++);
        }
        ring.run(120_000);
        assertThat(done[0]).isEqualTo(removals.size());
        sleeper.resume();
        ring.run(interval(ring) + EXCHANGE_MILLIS);

        assertThat(isEqual(ring)).isTrue();
        expected.forEach((key, value) -> assertThat(
                        valueAt(replicasOf(ring, key.slot(SLOTS)).get(2), key))
                .as(key.toString())
                .isEqualTo(value));
        List<KeyVersion> held = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            held.addAll(replicasOf(ring, slot).get(0).state().contents().versions());
        }
        assertThat(held).as("no tombstone is left").hasSize(WRITTEN - 2 * REMOVED);
    }
}
