package dev.hypercache.core.replica;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;

/** Makes a copy forget what it holds, or remember what never was, as no message could. */
public final class CopyTampering {

    private CopyTampering() {}

    /** Nothing is held of a key any more, nor any trace of it. */
    public static void lose(SlotState state, RecordKey name) {
        SlotReplica replica = state.replica(name.cache());
        StoredRecord held = replica.held(name.key());
        replica.drop(record -> record == held);
    }

    /** The copy holds this of a key, and whatever it held before is forgotten; its floor does not matter. */
    public static void plant(SlotState state, RecordKey name, StoredRecord record) {
        lose(state, name);
        SlotReplica replica = state.replica(name.cache());
        StoredRecord below = StoredRecord.tombstone(record.ballot(), record.sequence() - 1); // Past the floor.
        ApplyResult result = replica.apply(state.promise().ballot(), name.key(), below, record);
        if (result != ApplyResult.INSTALLED) {
            throw new IllegalStateException(record + " was not installed: " + result);
        }
        recount(replica); // Possibly one that is under way, and passes over what was just changed.
        recount(replica);
    }

    private static void recount(SlotReplica replica) {
        Recount.Step step;
        do {
            step = replica.recount(1 << 20);
        } while (step == Recount.Step.UNDER_WAY);
    }
}
