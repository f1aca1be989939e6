package dev.hypercache.sim;

import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.LeaderObserver;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Counts what happens to leaders. */
record LeaderCoverage(Coverage coverage) implements LeaderObserver {

    @Override
    public void changed(RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {}

    @Override
    public void happened(LeaderEvent event) {
        coverage.count(event.name());
    }
}
