package dev.hypercache.sim;

import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.Get;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * After all has settled one replica of each slot forgets something, or remembers what never was; soon after everything is as
 * it was. What a majority knows must win then, unless another leader has come before it was found ({@link Damage}).
 */
final class RepairEpilogue {

    private static final int KEYS = 4;
    private static final long PATIENCE_MILLIS = 8_000;
    /** By then no copy of a request is on its way any more. */
    private static final long STRAGGLERS_MILLIS = 6_500;

    private final SimRing ring;
    private final Corruption corruption;
    private final Map<SimKey, Damage> damages = new LinkedHashMap<>();

    RepairEpilogue(SimRing ring) {
        this.ring = ring;
        this.corruption = new Corruption(ring);
    }

    /**
     * Does all that.
     *
     * @param isEqual whether all replicas are equal
     */
    void run(Chance chance, BooleanSupplier isEqual) {
        ring.run(STRAGGLERS_MILLIS);
        for (int slot = 0; slot < ring.topology().slots(); slot++) {
            corrupt(slot, chance);
        }
        for (long waited = 0; waited < PATIENCE_MILLIS && !isEqual.getAsBoolean(); waited += 100) {
            ring.run(100);
        }
        if (!isEqual.getAsBoolean()) {
            ring.invariants()
                    .violated("copies differ still " + PATIENCE_MILLIS + " ms after " + damages.keySet()
                            + " were corrupted");
        }
        damages.forEach((key, damage) -> {
            List<SlotMachine> replicas =
                    corruption.replicas(key.slot(ring.topology().slots()));
            for (SlotMachine machine : replicas) {
                Object now = valueAt(machine, key);
                if (!damage.permits(now, ballotOf(replicas))) {
                    ring.invariants()
                            .violated("repair: " + key + " was " + damage.before() + " at a majority, and is " + now);
                }
            }
        });
    }

    private void corrupt(int slot, Chance chance) {
        List<SlotMachine> replicas = corruption.replicas(slot);
        if (replicas.size() < 3) { // With one of them damaged a majority of the others must be left.
            return;
        }
        SlotMachine victim = chance.oneOf(replicas);
        List<SimKey> keys = new ArrayList<>(corruption.agreed(replicas));
        keys.removeIf(key -> isMortal(victim, key));
        for (int i = 0; i < KEYS; i++) {
            Corruption.Kind kind = chance.oneOf(List.of(Corruption.Kind.values()));
            SimKey key = kind == Corruption.Kind.EXTRA
                    ? corruption.extra(slot, replicas, chance)
                    : Corruption.taken(keys, chance);
            // What the leader alone holds is its word, unless it may have been removed.
            boolean isExtra = kind == Corruption.Kind.EXTRA && !isFloored(victim);
            boolean isWord = isExtra && victim.isServing();
            if (key != null && !isWord) {
                Object before = valueAt(victim, key);
                corruption.happen(victim, key, kind);
                boolean isOpen = isExtra || kind == Corruption.Kind.LOST;
                damages.put(key, new Damage(before, valueAt(victim, key), isOpen, ballotOf(replicas)));
                if (chance.happens(0.3)) {
                    read(key, chance);
                }
            }
        }
    }

    /** A reader of all voters comes across it. */
    private void read(SimKey key, Chance chance) {
        Client reader = new Client(ring, 0, chance.oneOf(ring.open()));
        reader.read(null, new Get(key, ExpiryRule.NEVER), Client.Past.ALL, end -> {});
    }

    /** Under which ballot a slot is led, 0 if it is not just now. */
    private static long ballotOf(List<SlotMachine> replicas) {
        long ballot = 0;
        for (SlotMachine machine : replicas) {
            ballot = Math.max(
                    ballot, machine.isServing() ? machine.state().promise().ballot() : 0);
        }
        return ballot;
    }

    private static boolean isFloored(SlotMachine machine) {
        return machine.state().floor().compareTo(new Version(1, 0)) >= 0;
    }

    private static boolean isMortal(SlotMachine machine, SimKey key) {
        StoredRecord held = machine.state().replica(key.cache()).held(key);
        return held == null || held.expiresAtMillis() != StoredRecord.NEVER;
    }

    private static @Nullable Object valueAt(SlotMachine machine, SimKey key) {
        StoredRecord held = machine.state().replica(key.cache()).get(key);
        return held == null ? null : held.value();
    }
}
