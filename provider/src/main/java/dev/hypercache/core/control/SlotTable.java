package dev.hypercache.core.control;

import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Who holds which slot.
 *
 * @param entries one per slot; none before the ring is founded
 */
public record SlotTable(List<SlotEntry> entries) {

    /** The table of no ring. */
    public static final SlotTable EMPTY = new SlotTable(List.of());

    /** Keeps an unmodifiable copy. */
    public SlotTable {
        entries = List.copyOf(entries);
    }

    static SlotTable founded(List<MemberSet> voters, long index) {
        List<SlotEntry> entries = new ArrayList<>(voters.size());
        for (MemberSet ofSlot : voters) {
            entries.add(SlotEntry.created(SlotConfiguration.stable(1, ofSlot), index));
        }
        return new SlotTable(entries);
    }

    /** The number of slots. */
    public int size() {
        return entries.size();
    }

    /**
     * Who holds a slot.
     *
     * @throws IndexOutOfBoundsException if there is no such slot
     */
    public SlotConfiguration configuration(int slot) {
        return entries.get(slot).configuration();
    }

    /** Every short id that some slot mentions, members or not. */
    public BitSet mentioned() {
        BitSet ids = new BitSet();
        for (SlotEntry entry : entries) {
            for (int holder : entry.configuration().holders().toArray()) {
                ids.set(holder);
            }
        }
        return ids;
    }

    /** The slots whose configuration was made by a change after {@code index}. */
    public BitSet changedSince(long index) {
        BitSet changed = new BitSet();
        for (int slot = 0; slot < entries.size(); slot++) {
            changed.set(slot, entries.get(slot).changedAt() > index);
        }
        return changed;
    }

    /** The table after the change at {@code index} did the same to every slot. */
    SlotTable changeAll(long index, UnaryOperator<SlotConfiguration> change) {
        List<SlotEntry> changed = new ArrayList<>(entries.size());
        for (SlotEntry entry : entries) {
            changed.add(entry.become(change.apply(entry.configuration()), index));
        }
        return new SlotTable(changed);
    }
}
