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
import dev.hypercache.core.replica.SlotState;
import java.lang.management.ManagementFactory;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On a healthy ring what was removed or has expired leaves nothing behind, however much there was of it. */
@Tag("simulation")
final class RemovalBoundsTest {

    private static final int SLOTS = 16;
    private static final long KEYS = Long.getLong("hypercache.sim.removals", 60_000);
    private static final long KEYS_PER_SECOND = 2_000;
    private static final long TOMBSTONES_MAX = 1_000;
    /**
     * On three nodes what may be asked for again, for 5.5 s, and what lives for half a second; it does not grow with the
     * keys.
     */
    private static final long RECORDS_MAX = 3 * 7 * KEYS_PER_SECOND;

    private static final ExpiryRule SHORT = new ExpiryRule(500, 500, ExpiryRule.UNCHANGED);

    /** How much more memory may be used after all keys than after a tenth of them, in MiB; 0 if that is not asked. */
    private static final long GROWTH_MIB_MAX = Long.getLong("hypercache.sim.removals.growth", 0);

    private static final int REMEMBERED_BY_CHECKS = 20_000;

    private final SimRing ring = new SimRing(new Chance(7), 3, SLOTS, 3);
    private long begun;
    private long failed;

    /** What three nodes have of what is gone. */
    private record Held(long records, long tombstones, long marks, long hints, long open, long heapMib) {}

    @Test
    void nothingIsLeftOfWhatIsGone() {
        ring.invariants().remember(REMEMBERED_BY_CHECKS);
        ring.run(2_000);
        next();
        Held tenth = afterKeys(KEYS / 10);
        Held half = afterKeys(KEYS / 2);
        Held all = afterKeys(KEYS);
        ring.run(10_000);
        Held after = held();

        System.out.println(
                KEYS + " keys put, and removed or expired, at " + KEYS_PER_SECOND + " a second; on three nodes"
                        + " after a tenth " + tenth + ", after half " + half + ", after all " + all + ", 10 s later "
                        + after + "; "
                        + failed + " operations failed");
        assertThat(failed).isZero();
        assertThat(after.tombstones()).as("tombstones after 10 s").isLessThan(TOMBSTONES_MAX);
        assertThat(after.records()).as("records after 10 s").isLessThan(TOMBSTONES_MAX);
        assertThat(after.marks()).as("mutations remembered after 10 s").isLessThan(TOMBSTONES_MAX);
        assertThat(after.hints()).as("hints after 10 s").isZero();
        assertThat(after.open()).as("requests and proposals after 10 s").isZero();
        assertThat(all.records()).isLessThan(RECORDS_MAX);
        assertThat(half.records()).isLessThan(RECORDS_MAX);
        if (GROWTH_MIB_MAX > 0) {
            assertThat(all.heapMib()).as("MiB used after all keys").isLessThan(tenth.heapMib() + GROWTH_MIB_MAX);
            assertThat(after.heapMib()).as("MiB used 10 s later").isLessThan(tenth.heapMib() + GROWTH_MIB_MAX);
        }
        assertThat(ring.invariants().violations()).isEmpty();
    }

    /** Lets time pass until so many keys were begun. */
    private Held afterKeys(long keys) {
        while (begun < keys) {
            ring.run(500);
            assertThat(records()).isLessThan(RECORDS_MAX);
        }
        return held();
    }

    /** Every other key is removed right after it was put; the others expire. */
    private void next() {
        if (begun >= KEYS) {
            return;
        }
        SimNode node = ring.node(1 + (int) (begun % 3));
        SimKey key = new SimKey(Workload.PLAIN, (int) begun);
        boolean removes = begun % 2 == 0;
        begun++;
        perform(node, new Put(key, begun, removes ? ExpiryRule.NEVER : SHORT), () -> {
            if (removes) {
                perform(node, new Remove(key), () -> {});
            }
        });
        ring.queue().after(1_000_000 / KEYS_PER_SECOND, this::next);
    }

    private void perform(SimNode node, EntryOp op, Runnable then) {
        SimKey key = (SimKey) op.key();
        long now = node.clock().steadyMillis();
        node.coordinator()
                .execute(
                        key.slot(SLOTS),
                        key.cache(),
                        op,
                        CallOptions.mutation(5_000),
                        new Completion() {
                            @Override
                            public void performed(Outcome outcome) {
                                then.run();
                            }

                            @Override
                            public void failed(String reason) {
                                failed++;
                            }

                            @Override
                            public void indeterminate(@Nullable OpToken token, String reason) {
                                failed++;
                            }
                        },
                        now);
    }

    private Held held() {
        long marks = 0;
        long hints = 0;
        long open = 0;
        for (SimNode node : ring.live()) {
            hints += node.hints().counts().pending();
            open += node.coordinator().inFlight();
            for (SlotMachine machine : node.machines()) {
                marks += machine.state().tokens().marks();
                open += machine.leadership() == null ? 0 : machine.leadership().pending();
            }
        }
        return new Held(records(), tombstones(), marks, hints, open, heapMib());
    }

    /** What is reachable, about. */
    private static long heapMib() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    private long tombstones() {
        return ofCopies(state -> state.contents().tombstones());
    }

    private long records() {
        return ofCopies(state -> state.replica(Workload.PLAIN).size());
    }

    private long ofCopies(ToLongFunction<SlotState> what) {
        return ring.live().stream()
                .flatMap(node -> node.machines().stream())
                .mapToLong(machine -> what.applyAsLong(machine.state()))
                .sum();
    }
}
