package dev.hypercache.core.lead;

import dev.hypercache.core.message.ExpiredFound;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What expired in a slot in the last {@value #LIFE_MILLIS} ms, so that whoever asks for such a key learns it with the answer.
 *
 * <p>That an entry has expired is told by reports of their own, which the answer to a later operation may overtake; its
 * caller would hear of what he did to the key before he hears that it expired. Bounded by {@value #ENTRIES_MAX}: what is
 * forgotten early is only told by its report. Confined to its slot.
 */
final class RecentExpiries {

    private static final long LIFE_MILLIS = 2_000;
    private static final int ENTRIES_MAX = 512;

    private final Map<RecordKey, Recent> entries = new LinkedHashMap<>();
    private long added;

    private record Recent(StoredRecord record, long number, long atMillis) {}

    void add(RecordKey name, StoredRecord record, long now) {
        entries.remove(name);
        entries.put(name, new Recent(record, ++added, now));
        if (entries.size() > ENTRIES_MAX) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    /** How many were ever added. */
    long added() {
        return added;
    }

    /**
     * The entry of a key that expired.
     *
     * @param addedBefore what {@link #added} said before the operation
     */
    @Nullable
    ExpiredFound of(RecordKey name, long addedBefore) {
        Recent recent = entries.isEmpty() ? null : entries.get(name);
        return recent == null ? null : new ExpiredFound(recent.record(), recent.number() <= addedBefore);
    }

    /** Forgets what expired long ago. */
    void forget(long now) {
        for (Iterator<Recent> each = entries.values().iterator(); each.hasNext(); ) {
            if (now - each.next().atMillis() < LIFE_MILLIS) {
                return;
            }
            each.remove();
        }
    }
}
