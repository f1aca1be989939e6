package dev.hypercache.core.feed;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was heard last of the keys of a slot, of the {@value #KEYS_MAX} that changed last: enough to tell repeats from news, as
 * what was heard before that is covered by the version up to which everything is. Confined to its slot.
 */
final class LastHeard {

    static final int KEYS_MAX = 256;

    private final Map<RecordKey, Seen> seen = new LinkedHashMap<>();

    /**
     * The state of a key.
     *
     * @param version of its value, or of the value that was removed or the trace that this left
     * @param valueHash of its value
     */
    record Seen(Version version, boolean present, int valueHash) {

        static Seen of(StoredRecord held) {
            boolean isPresent = !held.isTombstone();
            return new Seen(held.version(), isPresent, isPresent ? held.value().hashCode() : 0);
        }

        /** Whether a state is not later than this one. */
        boolean covers(Version other, boolean otherPresent) {
            int order = other.compareTo(version);
            return order < 0 || order == 0 && (otherPresent || !present);
        }
    }

    @Nullable
    Seen of(RecordKey name) {
        return seen.get(name);
    }

    void put(RecordKey name, Seen state) {
        seen.remove(name);
        seen.put(name, state);
        if (seen.size() > KEYS_MAX) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    /** Forgets the keys of a cache that nobody listens to any more. */
    void forget(int cache) {
        seen.keySet().removeIf(name -> name.cache() == cache);
    }
}
