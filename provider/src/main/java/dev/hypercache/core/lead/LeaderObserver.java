package dev.hypercache.core.lead;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Learns of every change that a leader decides; see {@link SlotPort}. */
@FunctionalInterface
public interface LeaderObserver {

    /** An entry changed, as far as the leader is concerned; whether that is chosen will show. */
    void changed(RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after);

    /**
     * What the leader holds for a key was agreed on with the other copies, by no operation.
     *
     * @param held null or a tombstone if that is nothing
     */
    default void agreed(RecordKey name, @Nullable StoredRecord held) {}

    /** Every entry of a cache in the slot is about to go, without a change of its own. */
    default void clearing(int cache) {}

    /** Who is to be told of changes once they are chosen. */
    default Audience audience() {
        return Audience.NONE;
    }

    /** Something happened that a metric counts. */
    default void happened(LeaderEvent event) {}
}
