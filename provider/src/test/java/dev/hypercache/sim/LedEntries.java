package dev.hypercache.sim;

import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.node.SlotMachine;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a slot as a node learns of them that bounds what it leads: a look at all of them when it begins to serve,
 * and from there on what the leader tells.
 */
final class LedEntries {

    private final Set<RecordKey> names = new LinkedHashSet<>();
    private boolean leads;

    void changed(RecordKey name, Change change, @Nullable StoredRecord after) {
        if (change != Change.TOUCHED) {
            agreed(name, after);
        }
    }

    void agreed(RecordKey name, @Nullable StoredRecord held) {
        if (!leads) {
            return;
        }
        if (held == null || held.isTombstone()) {
            names.remove(name);
        } else {
            names.add(name);
        }
    }

    void clearing(int cache) {
        names.removeIf(name -> name.cache() == cache);
    }

    /** After each event of the node. */
    void settle(SlotMachine machine) {
        if (machine.isServing() && !leads) {
            names.addAll(in(machine.state()));
        } else if (!machine.isServing()) {
            names.clear();
        }
        leads = machine.isServing();
    }

    private static Set<RecordKey> in(SlotState state) {
        Set<RecordKey> found = new LinkedHashSet<>();
        for (KeyVersion one : state.contents().versions()) {
            StoredRecord held =
                    state.replica(one.name().cache()).held(one.name().key());
            if (held != null && !held.isTombstone()) {
                found.add(one.name());
            }
        }
        return found;
    }

    /** Where it differs from what is held, empty if it does not or if the node does not lead. */
    Set<RecordKey> differences(SlotState state) {
        Set<RecordKey> differences = leads ? in(state) : new LinkedHashSet<>();
        for (RecordKey name : names) {
            if (!differences.remove(name)) {
                differences.add(name);
            }
        }
        return differences;
    }
}
