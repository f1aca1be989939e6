package dev.hypercache.sim;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.sim.check.ReplicaEquality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What replicas hold of ordered caches when everything works again. */
final class OrderedEnd {

    private final SimRing ring;

    OrderedEnd(SimRing ring) {
        this.ring = ring;
    }

    /** Whether all replicas of each slot hold the same, and nothing that may go. */
    boolean isEqual() {
        return differences().isEmpty();
    }

    /** On what they do not agree. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (int slot = 0; slot < ring.topology().slots(); slot++) {
            SlotConfiguration configuration = ring.topology().of(slot);
            if (configuration.isSwitching()) {
                differences.add("slot " + slot + " is switching still: " + configuration);
                continue;
            }
            Map<String, Map<Object, ReplicaEquality.Held>> replicas = new LinkedHashMap<>();
            Map<String, String> clears = new TreeMap<>();
            for (int member : configuration.voters().toArray()) {
                SlotMachine machine = ring.machine(member, slot);
                if (machine == null) {
                    differences.add("slot " + slot + ": " + ring.find(member) + " has no copy");
                    continue;
                }
                Set<RecordKey> untold = ring.invariants().led(machine.state()).differences(machine.state());
                untold.removeIf(name -> ring.corrupted().contains(name.key())); // That is nobody's doing.
                if (!untold.isEmpty()) {
                    differences.add(
                            "slot " + slot + ": " + ring.node(member) + " leads, and was not told of " + untold);
                }
                replicas.put("node " + member, held(machine.state()));
                StringBuilder marks = new StringBuilder();
                for (ClearMark mark : machine.state().clears()) {
                    marks.append(mark.cache()).append('@').append(mark.version());
                }
                clears.put(marks.toString(), "");
                if (!isRemembered(configuration, slot)
                        && machine.state().contents().tombstones() > 0) {
                    differences.add("slot " + slot + ": "
                            + machine.state().contents().tombstones() + " tombstones at " + ring.node(member)
                            + ", floor " + machine.state().floor());
                }
            }
            differences.addAll(ReplicaEquality.ofAllRecords().differences(replicas));
            if (clears.size() > 1) {
                differences.add("slot " + slot + " clears differ: " + clears.keySet());
            }
        }
        return differences;
    }

    /** Whether some replica, as the leader may, knows of a mutation that may be asked for again and led to a tombstone. */
    private boolean isRemembered(SlotConfiguration configuration, int slot) {
        for (int member : configuration.voters().toArray()) {
            SlotMachine machine = ring.machine(member, slot);
            if (machine != null && machine.state().lowestRemembered() != null) {
                return true;
            }
        }
        return false;
    }

    private static Map<Object, ReplicaEquality.Held> held(SlotState state) {
        Map<Object, ReplicaEquality.Held> held = new LinkedHashMap<>();
        for (KeyVersion one : state.contents().versions()) {
            RecordKey name = one.name();
            StoredRecord record = state.replica(name.cache()).held(name.key());
            held.put(name.key(), new ReplicaEquality.Held(one.version(), Invariants.value2(record)));
        }
        return held;
    }
}
