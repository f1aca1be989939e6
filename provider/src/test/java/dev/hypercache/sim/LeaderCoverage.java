package dev.hypercache.sim;

import dev.hypercache.core.lead.Audience;
import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.LeaderObserver;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/** Counts what happens to leaders, and takes their word of what they hold and what they evict. */
record LeaderCoverage(Coverage coverage, Evictions evictions, LedEntries led, Audience audience, Runnable floorRaised)
        implements LeaderObserver {

    @Override
    public void changed(RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        led.changed(name, change, after);
        if (change == Change.EVICTED && before != null) {
            evictions.reported((SimKey) name.key(), before.value());
        }
    }

    @Override
    public void agreed(RecordKey name, @Nullable StoredRecord held) {
        led.agreed(name, held);
    }

    @Override
    public void clearing(int cache) {
        led.clearing(cache);
    }

    @Override
    public void happened(LeaderEvent event) {
        coverage.count(event.name());
        if (event == LeaderEvent.FLOOR_RAISED) {
            floorRaised.run();
        }
    }
}
