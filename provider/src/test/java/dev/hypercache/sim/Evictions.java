package dev.hypercache.sim;

import dev.hypercache.core.lead.Leadership;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.RemoveIfEqual;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.sim.check.Action;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leaders that make room: at random moments one is asked to take out keys, as the bound of a cache asks it, and asked again
 * while it puts that off.
 *
 * <p>What a leader reports to have evicted is written down as a removal of that very value, which nobody waits for: it takes
 * effect at any later time, or never. So nothing may be missing but what was reported, and no value that was written after
 * the one that the leader saw.
 */
final class Evictions {

    private static final List<Integer> CACHES =
            List.of(Workload.PLAIN, Workload.PLAIN, Workload.LOADED, Workload.ALL, ExpiryLoad.CACHE);

    private static final int AT_ONCE_MOST = 3;
    private static final int OPERATIONS_PER_ROUND = 12;
    private static final long AGAIN_MILLIS = 25;
    private static final int AGAIN_MOST = 20;

    private final SimRing ring;
    private final Set<SimKey> keys = new LinkedHashSet<>();
    private Chance chance = new Chance(0);
    private Workload workload = Workload.NONE;
    private BooleanSupplier enough = () -> true;
    private @Nullable Histories histories;

    Evictions(SimRing ring) {
        this.ring = ring;
    }

    /** Goes on until it was enough. */
    void start(Histories newHistories, Workload newWorkload, Chance newChance, BooleanSupplier newEnough) {
        histories = newHistories;
        workload = newWorkload;
        chance = newChance;
        enough = newEnough;
        next();
    }

    private void next() {
        long mean = (long) workload.thinkMicros() * OPERATIONS_PER_ROUND / workload.clients();
        ring.queue().after(Math.min(1_500_000, chance.tailed(mean)), () -> {
            if (!enough.getAsBoolean()) {
                makeRoom();
                next();
            }
        });
    }

    private void makeRoom() {
        for (int i = 1 + chance.below(AT_ONCE_MOST); i > 0; i--) {
            SimKey key = new SimKey(chance.oneOf(CACHES), chance.below(workload.keys()));
            List<SimNode> leaders = ring.live().stream()
                    .filter(node -> leadership(node, key) != null)
                    .toList();
            if (!leaders.isEmpty()) {
                evict(chance.oneOf(leaders), key, AGAIN_MOST);
            }
        }
    }

    private @Nullable Leadership leadership(SimNode node, SimKey key) {
        SlotMachine machine = node.machine(key.slot(ring.topology().slots()));
        return machine == null ? null : machine.leadership();
    }

    /** Whoever leads the slot no more has nothing to do with it. */
    private void evict(SimNode node, SimKey key, int tries) {
        node.perform(() -> {
            Leadership leadership = leadership(node, key);
            boolean isLater = leadership != null
                    && !leadership.evict(
                            new RecordKey(key.cache(), key), node.clock().steadyMillis());
            if (isLater && tries > 0) {
                ring.coverage().count("EVICTION_PUT_OFF");
                ring.queue().afterMillis(AGAIN_MILLIS, () -> evict(node, key, tries - 1));
            }
        });
    }

    /** A leader evicted a value. */
    void reported(SimKey key, Object value) {
        ring.coverage().count("EVICTED");
        keys.add(key);
        if (histories != null) {
            histories.of(key.cache()).begin(0, Action.of(new RemoveIfEqual(key, value, ExpiryRule.NEVER)));
        }
    }

    /** Whether some value of a key was ever evicted. */
    boolean any(SimKey key) {
        return keys.contains(key);
    }
}
