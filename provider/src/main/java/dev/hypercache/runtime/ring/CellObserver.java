package dev.hypercache.runtime.ring;

import dev.hypercache.core.lead.Audience;
import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.lead.LeaderObserver;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens to the leader of a slot, and passes on which entries changed and expired.
 *
 * @param copy the slot as this node holds it
 * @param caller whose operation is being dealt with, {@link Members#NOBODY} if none is
 */
record CellObserver(SlotHost host, SlotState copy, IntSupplier caller) implements LeaderObserver {

    @Override
    public void changed(RecordKey name, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        host.bounds().changed(name, change, after);
        if (change == Change.EXPIRED && caller.getAsInt() == Members.NOBODY) {
            host.news().expiredUnasked(name.cache());
        }
    }

    @Override
    public void agreed(RecordKey name, @Nullable StoredRecord held) {
        host.bounds().agreed(name, held);
    }

    @Override
    public void clearing(int cache) {
        host.bounds().clearing(copy, cache);
    }

    @Override
    public Audience audience() {
        return host.news().interests();
    }

    @Override
    public void happened(LeaderEvent event) {
        host.metrics().happened(event);
        if (event == LeaderEvent.LISTENER_LATE) {
            host.news().listenerLate();
        }
    }
}
