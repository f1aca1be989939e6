package dev.hypercache.core.lead;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a slot's leader tells its surroundings while it decides.
 *
 * <p>Called inside the guard of the slot, in the order in which the leader decided, so per key the order is that of the
 * versions. Implementations only take note: no user code, no waiting, no call back into the slot.
 */
public interface SlotPort {

    /**
     * An entry changed.
     *
     * @param key the key's handle
     * @param change never {@link Change#NONE}
     * @param before the record until now, null if there was none
     * @param after the record from now on, null if there is none
     */
    void changed(Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after);
}
