package dev.hypercache.sim;

import dev.hypercache.core.control.ControlState;
import dev.hypercache.core.control.SlotEntry;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.ring.SlotConfiguration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The copies of slots that a node holds, as the agreed state says. */
final class SlotCopies {

    /** Makes an empty copy. */
    interface Maker {
        SlotMachine create(int slot, long copy, SlotConfiguration configuration);
    }

    /** A copy from one stretch of holding; one from another stretch is worth nothing. */
    private record Copy(SlotMachine machine, long since) {}

    private final SimNode node;
    private final Maker maker;
    private final World world;
    private final Map<Integer, Copy> copies = new TreeMap<>();
    private final Map<Integer, SlotMachine> machines = new TreeMap<>();

    SlotCopies(SimNode node, Maker maker, World world) {
        this.node = node;
        this.maker = maker;
        this.world = world;
    }

    Collection<SlotMachine> all() {
        return machines.values();
    }

    @Nullable
    SlotMachine of(int slot) {
        return machines.get(slot);
    }

    /** The state has changed. */
    void follow(ControlState state, long now) {
        List<SlotEntry> entries = state.slots().entries();
        for (int slot = 0; slot < entries.size(); slot++) {
            follow(slot, entries.get(slot), now);
        }
    }

    private void follow(int slot, SlotEntry entry, long now) {
        Long since = entry.heldSince().get(node.id());
        Copy copy = copies.get(slot);
        if (copy != null && (since == null || since != copy.since)) {
            world.coverage().count(since == null ? "COPY_DROPPED" : "COPY_BEGUN_ANEW");
            world.checks().leaderless().dropped(node, copy.machine);
            drop(slot);
            copy = null;
        }
        if (since == null) {
            return;
        }
        if (copy == null) {
            SlotMachine machine = maker.create(slot, since, entry.configuration());
            copies.put(slot, new Copy(machine, since));
            machines.put(slot, machine);
        } else if (!copy.machine.state().configuration().equals(entry.configuration())) {
            copy.machine.configure(entry.configuration(), now);
        }
    }

    private void drop(int slot) {
        copies.remove(slot);
        SlotMachine dropped = machines.remove(slot);
        if (dropped != null) {
            dropped.discard();
        }
        world.invariants().forget(node.id(), slot);
    }

    void clear() {
        copies.clear();
        machines.clear();
    }
}
