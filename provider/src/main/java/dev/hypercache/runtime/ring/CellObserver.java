package dev.hypercache.runtime.ring;

import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.LeaderObserver;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Counts what happens to the leader of a slot. */
record CellObserver(RingMetrics metrics) implements LeaderObserver {

    @Override
    public void changed(RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {}

    @Override
    public void happened(LeaderEvent event) {
        metrics.happened(event);
    }
}
