package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.op.EntryOp;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import java.util.Objects;
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
    private static final ExpiryRule SHORT = new ExpiryRule(500, 500, ExpiryRule.UNCHANGED);

    private final SimRing ring = new SimRing(new Chance(7), 3, SLOTS, 3);
    private long begun;
    private long failed;

    @Test
    void nothingIsLeftOfWhatIsGone() {
        ring.run(2_000);
        next();
        long tombstonesMost = 0;
        long recordsMost = 0;
        while (begun < KEYS) {
            ring.run(500);
            tombstonesMost = Math.max(tombstonesMost, tombstones());
            recordsMost = Math.max(recordsMost, records());
        }
        ring.run(10_000);

        System.out.println(KEYS + " keys put, and removed or expired, at " + KEYS_PER_SECOND + " a second: "
                + tombstonesMost + " tombstones and " + recordsMost + " records at most on three nodes, " + tombstones()
                + " and " + records() + " after 10 s; " + failed + " operations failed");
        assertThat(failed).isZero();
        assertThat(tombstones()).as("tombstones after 10 s").isLessThan(TOMBSTONES_MAX);
        assertThat(records()).as("records after 10 s").isLessThan(TOMBSTONES_MAX);
        // On three nodes what may be asked for again, for 5.5 s, and what lives for half a second; it does not grow
        // with the keys.
        assertThat(recordsMost).isLessThan(3 * 7 * KEYS_PER_SECOND);
        assertThat(ring.invariants().violations()).isEmpty();
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

    private long tombstones() {
        long sum = 0;
        for (SimNode node : ring.live()) {
            for (int slot = 0; slot < SLOTS; slot++) {
                sum += Objects.requireNonNull(node.machine(slot))
                        .state()
                        .contents()
                        .tombstones();
            }
        }
        return sum;
    }

    private long records() {
        long sum = 0;
        for (SimNode node : ring.live()) {
            for (int slot = 0; slot < SLOTS; slot++) {
                sum += Objects.requireNonNull(node.machine(slot))
                        .state()
                        .replica(Workload.PLAIN)
                        .size();
            }
        }
        return sum;
    }
}
