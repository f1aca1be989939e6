package dev.hypercache.runtime.ring;

import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.LeaderObserver;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens to the leader of a slot, and passes on which entries expired.
 *
 * @param caller whose operation is being dealt with, {@link Members#NOBODY} if none is
 */
record CellObserver(RingMetrics metrics, ExpiryNews news, IntSupplier caller) implements LeaderObserver {

    @Override
    public void changed(RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        if (change == Change.EXPIRED && before != null) {
            news.expired(name, before, caller.getAsInt());
        }
    }

    @Override
    public void happened(LeaderEvent event) {
        metrics.happened(event);
    }
}
