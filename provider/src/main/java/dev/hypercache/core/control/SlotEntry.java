package dev.hypercache.core.control;

import dev.hypercache.core.ring.SlotConfiguration;
import java.util.HashMap;
import java.util.Map;

/**
 * A slot in the table.
 *
 * @param configuration who replicates it, in which epoch
 * @param changedAt the index of the change that made the configuration
 * @param heldSince for each holder the index of the change from which on it has been one without a break. A member whose
 *     copy is from another stretch of holding discards it: meanwhile tombstones may have been purged without asking it
 */
public record SlotEntry(SlotConfiguration configuration, long changedAt, Map<Integer, Long> heldSince) {

    /**
     * Keeps a copy.
     *
     * @throws IllegalArgumentException if {@code heldSince} names others than the holders
     */
    public SlotEntry {
        heldSince = Map.copyOf(heldSince);
        int[] holders = configuration.holders().toArray();
        boolean complete = heldSince.size() == holders.length;
        for (int holder : holders) {
            complete &= heldSince.containsKey(holder);
        }
        if (!complete) {
            throw new IllegalArgumentException(
                    "a slot held by " + configuration.holders() + " knows since when of " + heldSince.keySet() + ".");
        }
    }

    static SlotEntry created(SlotConfiguration configuration, long index) {
        return new SlotEntry(configuration, index, since(configuration, Map.of(), index));
    }

    /** The entry after a change, or this one if the change left the slot as it was. */
    SlotEntry become(SlotConfiguration next, long index) {
        return next.equals(configuration) ? this : new SlotEntry(next, index, since(next, heldSince, index));
    }

    private static Map<Integer, Long> since(SlotConfiguration next, Map<Integer, Long> before, long index) {
        Map<Integer, Long> since = new HashMap<>();
        for (int holder : next.holders().toArray()) {
            since.put(holder, before.getOrDefault(holder, index));
        }
        return since;
    }
}
