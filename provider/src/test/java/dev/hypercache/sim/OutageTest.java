package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.coordinate.CallOptions;
import dev.hypercache.core.coordinate.Completion;
import dev.hypercache.core.hint.HintLedger;
import dev.hypercache.core.hint.HintLimits;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.OpToken;
import dev.hypercache.core.op.Outcome;
import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that stands still for long and goes on then gets what it missed, in the time that the design promises. */
@Tag("simulation")
final class OutageTest {

    private static final int SLOTS = 16;
    private static final int CACHE = Workload.PLAIN;
    /** More than the design asks for takes longer than a build may; the long suite asks for it. */
    private static final long WRITES_PER_SECOND = Long.getLong("hypercache.sim.outage.writes", 500);

    private static final long OUTAGE_MILLIS = 300_000;
    /** As many as are written at least once in the outage, with a reserve of a third. */
    private static final int KEYS = (int) Math.min(100_000, WRITES_PER_SECOND * 200);

    private static final long DRAINED_MILLIS_MAX = 120_000;

    private final Chance chance = new Chance(5);
    private long begun;
    private long failed;
    private boolean writing = true;

    @Test
    void whatWasMissedInFiveMinutesIsDrainedInTwo() {
        SimRing ring = new SimRing(chance.split(), 3, SLOTS, 3);
        SimNode away = interrupt(ring);

        long most = sum(ring, hints -> hints.pending(away.id()));
        away.resume();
        long from = ring.queue().nowMillis();
        runUntil(ring, DRAINED_MILLIS_MAX, () -> sum(ring, hints -> hints.pending(away.id())) < 100);
        long took = ring.queue().nowMillis() - from;
        long dropped = sum(ring, hints -> hints.counts().dropped());
        writing = false;
        runUntil(ring, 10_000, () -> isEqual(ring));

        System.out.println("an outage of 300 s under " + WRITES_PER_SECOND + " writes/s left " + most
                + " hints; drained in " + took + " ms; " + begun + " writes, " + failed + " failed");
        assertThat(most).as("hints").isGreaterThanOrEqualTo(KEYS);
        assertThat(took).as("milliseconds until they were drained").isLessThan(DRAINED_MILLIS_MAX);
        assertThat(dropped + sum(ring, hints -> hints.counts().expired()))
                .as("dropped and expired")
                .isZero();
        assertThat(isEqual(ring)).as("all replicas equal").isTrue();
    }

    @Test
    void whatExceedsTheLimitIsCountedAndRepairedAllTheSame() {
        HintLimits limits = new HintLimits(true, 3_600_000, 200, 1_000, 4_000_000, 64 << 20);
        SimRing ring = new SimRing(chance.split(), 3, SLOTS, 3, Healing.USUAL.with(limits));
        SimNode away = interrupt(ring);

        long pending = sum(ring, hints -> hints.pending(away.id()));
        long dropped = sum(ring, hints -> hints.counts().dropped());
        away.resume();
        writing = false;
        runUntil(ring, DRAINED_MILLIS_MAX, () -> isEqual(ring));

        assertThat(pending).isLessThanOrEqualTo(2_000);
        assertThat(dropped).isGreaterThan(KEYS / 2);
        assertThat(isEqual(ring)).as("all replicas equal").isTrue();
    }

    /** One of three stands still for five minutes, while each key is written or removed at least once. */
    private SimNode interrupt(SimRing ring) {
        new Suspicions(ring, chance.split(), Detector.USUAL).start();
        ring.run(2_000);
        SimNode away = ring.node(3);
        away.pause();
        ring.run(3_000);
        next(ring);
        ring.run(OUTAGE_MILLIS);
        return away;
    }

    private void next(SimRing ring) {
        if (!writing) {
            return;
        }
        SimNode node = ring.node(1 + (int) (begun % 2));
        SimKey key = new SimKey(CACHE, (int) (begun % KEYS));
        boolean removes = begun > KEYS && begun % 10 == 3;
        begun++;
        CallOptions options = CallOptions.mutation(5_000);
        long now = node.clock().steadyMillis();
        node.perform(() -> node.coordinator()
                .execute(
                        key.slot(SLOTS),
                        CACHE,
                        removes ? new Remove(key) : new Put(key, begun, ExpiryRule.NEVER),
                        options,
                        new Counted(),
                        now));
        ring.queue().after(1_000_000 / WRITES_PER_SECOND, () -> next(ring));
    }

    private final class Counted implements Completion {
        @Override
        public void performed(Outcome outcome) {
            // As expected.
        }

        @Override
        public void failed(String reason) {
            failed++;
        }

        @Override
        public void indeterminate(@Nullable OpToken token, String reason) {
            failed++;
        }
    }

    private static long sum(SimRing ring, ToLongFunction<HintLedger> what) {
        return ring.live().stream()
                .mapToLong(node -> what.applyAsLong(node.hints()))
                .sum();
    }

    private static void runUntil(SimRing ring, long mostMillis, BooleanSupplier condition) {
        long end = ring.queue().nowMillis() + mostMillis;
        while (ring.queue().nowMillis() < end && !condition.getAsBoolean()) {
            ring.run(100);
        }
    }

    private static boolean isEqual(SimRing ring) {
        for (int slot = 0; slot < SLOTS; slot++) {
            Map<RecordKey, Version> first = versions(ring.node(1), slot);
            for (SimNode node : List.of(ring.node(2), ring.node(3))) {
                if (!versions(node, slot).equals(first)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Map<RecordKey, Version> versions(SimNode node, int slot) {
        Map<RecordKey, Version> versions = new HashMap<>();
        for (KeyVersion one : Objects.requireNonNull(node.machine(slot), "machine")
                .state()
                .contents()
                .versions()) {
            versions.put(one.name(), one.version());
        }
        return versions;
    }
}
