package dev.hypercache.sim;

import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.LeaderObserver;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Counts what happens to leaders, and takes their word of what they evict. */
record LeaderCoverage(Coverage coverage, Evictions evictions) implements LeaderObserver {

    @Override
    public void changed(RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        if (change == Change.EVICTED && before != null) {
            evictions.reported((SimKey) name.key(), before.value());
        }
    }

    @Override
    public void happened(LeaderEvent event) {
        coverage.count(event.name());
    }
}
