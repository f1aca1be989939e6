package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Clears that a new leader found although they were never chosen: somebody wrote in the cache later without knowing them.
 *
 * <p>Each is performed anew, above all that is in its cache, which is closed until then. What was written on top of such a
 * clear was never chosen either and counts for nothing. The mutations that may be asked for again are, key by key, those of
 * the later writer, or else those that went with the clear. Confined to its slot.
 */
final class RefutedClears {

    private final SlotState state;
    private final Map<Integer, ClearMark> byCache = new TreeMap<>();

    RefutedClears(SlotState state) {
        this.state = state;
    }

    void add(ClearMark mark) {
        byCache.put(mark.cache(), mark);
    }

    boolean contains(int cache) {
        return byCache.containsKey(cache);
    }

    boolean isEmpty() {
        return byCache.isEmpty();
    }

    /** Whether a record counts for nothing, being older than such a clear or written on top of it. */
    boolean isVoid(int cache, Version record, @Nullable Version known) {
        ClearMark mark = byCache.get(cache);
        return mark != null && !mark.isRefutedBy(record, known);
    }

    /** The clears whose caches miss no record; they are forgotten here. */
    List<ClearMark> takeReady(MissingRecords missing) {
        List<ClearMark> ready = byCache.values().stream()
                .filter(mark -> !missing.containsAnyOf(mark.cache()))
                .toList();
        ready.forEach(mark -> byCache.remove(mark.cache()));
        return ready;
    }

    /** The mutations of the keys that go when such a clear is performed. */
    List<ClearMark.KeyLineage> lineagesOf(ClearMark mark) {
        Map<RecordKey, Lineage> lineages = new LinkedHashMap<>();
        mark.keys().forEach(key -> lineages.put(key.name(), key.lineage()));
        for (KeyVersion held : state.versions()) {
            RecordKey name = held.name();
            Version known = state.knownTo(name.cache(), held.version().ballot());
            if (name.cache() == mark.cache() && mark.isRefutedBy(held.version(), known)) {
                lineages.put(name, state.tokens().of(name));
            }
        }
        return lineages.entrySet().stream()
                .map(one -> new ClearMark.KeyLineage(one.getKey(), one.getValue()))
                .toList();
    }
}
