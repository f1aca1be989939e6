package dev.hypercache.core.replica;

import dev.hypercache.core.record.StoredRecord;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The tombstones among the records of a replica, in the order of their arrival. Confined to its slot. */
final class Tombstones {

    /** Most caches have none most of the time: a look at the map that all of those share costs no step through memory. */
    private Map<Object, StoredRecord> byKey = Map.of();

    /** A record took the place of what was held for a key; null if nothing is held any more. */
    void replace(Object key, @Nullable StoredRecord after) {
        if (after != null && after.isTombstone()) {
            byKey = byKey.isEmpty() ? new LinkedHashMap<>() : byKey;
            byKey.remove(key); // To the end, where its version belongs.
            byKey.put(key, after);
        } else if (!byKey.isEmpty()) {
            byKey.remove(key);
            byKey = byKey.isEmpty() ? Map.of() : byKey;
        }
    }

    /** Takes out all that a floor covers. */
    void takeBelow(Floor floor, BiConsumer<Object, StoredRecord> taken) {
        for (Iterator<Map.Entry<Object, StoredRecord>> each = byKey.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Object, StoredRecord> one = each.next();
            if (floor.covers(one.getValue())) {
                each.remove();
                taken.accept(one.getKey(), one.getValue());
            }
        }
    }

    int size() {
        return byKey.size();
    }
}
