package dev.hypercache.core.replica;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;

/** Makes a copy forget what it holds, or remember what never was, as no message could. */
public final class CopyTampering {

    private CopyTampering() {}

    /** Nothing is held of a key any more, nor any trace of it. */
    public static void lose(SlotState state, RecordKey name) {
        lose(state.replica(name.cache()), name.key());
    }

    /** The same of a cache's records, whoever orders them. */
    public static void lose(SlotReplica records, Object key) {
        StoredRecord held = records.held(key);
        records.drop(record -> record == held);
    }

    /** The copy holds this of a key, and whatever it held before is forgotten; its floor does not matter. */
    public static void plant(SlotState state, RecordKey name, StoredRecord record) {
        plant(state.replica(name.cache()), state.promise().ballot(), name.key(), record);
    }

    /** The same of a cache's records that nobody orders. */
    public static void plant(SlotReplica records, Object key, StoredRecord record) {
        plant(records, 0, key, record);
    }

    private static void plant(SlotReplica records, long ballot, Object key, StoredRecord record) {
        lose(records, key);
        StoredRecord below = StoredRecord.tombstone(record.ballot(), record.sequence() - 1); // Past the floor.
        ApplyResult result = records.apply(ballot, key, below, record);
        if (result != ApplyResult.INSTALLED) {
            throw new IllegalStateException(record + " was not installed: " + result);
        }
        recount(records); // Possibly one that is under way, and passes over what was just changed.
        recount(records);
    }

    private static void recount(SlotReplica replica) {
        Recount.Step step;
        do {
            step = replica.recount(1 << 20);
        } while (step == Recount.Step.UNDER_WAY);
    }
}
