package dev.hypercache.core.lead;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of a slot come to their end of life when, in steps of {@link #STEP_MILLIS}.
 *
 * <p>A key is filed under the step of its record's expiry, and looked at when that has come; a record that lives longer by
 * then is filed anew. So writing a key again with a later expiry, as most writes do, files nothing: there is one name per
 * key, and one more for each time that its life was made shorter. Confined to its slot.
 */
final class ExpiryIndex {

    /** The width of a step: as much later than its time an entry may be looked at. */
    static final long STEP_MILLIS = 256;

    private final TreeMap<Long, Set<RecordKey>> steps = new TreeMap<>();

    /** A record took the place of another, or came, or went. */
    void replace(RecordKey name, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        if (after == null || after.expiresAtMillis() == StoredRecord.NEVER) {
            return;
        }
        boolean isFiledEarlier = before != null && before.expiresAtMillis() <= after.expiresAtMillis();
        if (!isFiledEarlier) {
            file(name, after.expiresAtMillis());
        }
    }

    /** A key is to be looked at when its time has come. */
    void file(RecordKey name, long expiresAtMillis) {
        steps.computeIfAbsent(expiresAtMillis / STEP_MILLIS, unused -> new LinkedHashSet<>())
                .add(name);
    }

    /** Takes out the keys that are to be looked at by now, at most so many. */
    List<RecordKey> takeDue(long nowMillis, int most) {
        List<RecordKey> due = new ArrayList<>();
        while (due.size() < most) {
            Map.Entry<Long, Set<RecordKey>> step = steps.firstEntry();
            if (step == null || (step.getKey() + 1) * STEP_MILLIS > nowMillis) {
                break;
            }
            take(step.getValue(), due, most);
            if (step.getValue().isEmpty()) {
                steps.pollFirstEntry();
            }
        }
        return due;
    }

    private static void take(Set<RecordKey> names, List<RecordKey> due, int most) {
        List<RecordKey> taken = names.stream().limit(most - due.size()).toList();
        taken.forEach(names::remove);
        due.addAll(taken);
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }
}
