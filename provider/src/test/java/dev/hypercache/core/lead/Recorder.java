package dev.hypercache.core.lead;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A port that keeps what it was told. */
final class Recorder implements SlotPort {

    /** One call of the port. */
    record Told(
            Object key,
            Change change,
            @Nullable StoredRecord before,
            @Nullable StoredRecord after) {}

    final List<Told> calls = new ArrayList<>();

    @Override
    public void changed(Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        calls.add(new Told(key, change, before, after));
    }

    /** The changes told so far, in their order, as in {@code "CREATED k"}. */
    List<String> changes() {
        List<String> changes = new ArrayList<>();
        for (Told told : calls) {
            changes.add(told.change() + " " + told.key());
        }
        return changes;
    }
}
