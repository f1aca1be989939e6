package dev.hypercache.sim;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What must hold when a leader lets tombstones go (CONSISTENCY §6): no holder of a copy, learners included, holds a value of a
 * key below the floor of which the leader holds nothing any more. Protocol steps that come later might still bury such a value,
 * so its coming back is no proof that the floor waited for everybody.
 */
final class FloorChecks {

    private final SimRing ring;

    private final Set<SimKey> corrupted = new LinkedHashSet<>();

    FloorChecks(SimRing ring) {
        this.ring = ring;
    }

    /** Some copy of a key was changed past the protocol. */
    void corrupted(SimKey key) {
        corrupted.add(key);
    }

    /** A leader has raised the floor of a slot. */
    void raised(SlotState leader) {
        for (SimNode node : ring.live()) {
            SlotMachine holder = node.machine(leader.slot());
            boolean counts = holder != null
                    && leader.configuration().holders().contains(node.id())
                    && holder.state().configuration().equals(leader.configuration());
            if (counts) {
                compare(leader, node, holder.state());
            }
        }
    }

    /** A clear that is on its way is waited for by itself. */
    private static boolean isClearedAboveFloor(SlotState leader, int cache) {
        ClearMark clear = leader.clearOf(cache);
        return clear != null && clear.version().compareTo(leader.floor()) > 0;
    }

    private void compare(SlotState leader, SimNode node, SlotState holder) {
        for (KeyVersion one : holder.contents().versions()) {
            RecordKey name = one.name();
            StoredRecord held = holder.replica(name.cache()).held(name.key());
            boolean isOld = one.version().compareTo(leader.floor()) <= 0
                    && held != null
                    && !held.isTombstone()
                    && leader.replica(name.cache()).held(name.key()) == null
                    && !isClearedAboveFloor(leader, name.cache());
            if (isOld && !corrupted.contains(name.key())) {
                ring.invariants()
                        .violated("floor: the leader of slot " + leader.slot() + " forgot up to " + leader.floor()
                                + ", and " + node + " holds " + name + "@" + one.version());
            }
        }
    }
}
