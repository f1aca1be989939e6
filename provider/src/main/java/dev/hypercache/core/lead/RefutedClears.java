package dev.hypercache.core.lead;

import dev.hypercache.core.message.ClearMark;
import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.op.Lineage;
import dev.hypercache.core.record.Version;
import dev.hypercache.core.replica.SlotState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Clears that a new leader found although they were never chosen: somebody wrote in the cache later, or adopted an earlier
 * clear, without knowing them.
 *
 * <p>Each is performed anew, above all that is in its cache, which is closed until then. Some of what is there was written on
 * top of such a clear, or is missing where one took it, so of the mutations of these keys nobody can tell for sure what came of
 * them: asked for again they are indeterminate. Confined to its slot.
 */
final class RefutedClears {

    private final SlotState state;
    private final Map<Integer, List<ClearMark>> byCache = new TreeMap<>();

    RefutedClears(SlotState state) {
        this.state = state;
    }

    /** All clears that were found of one cache, of which one was not chosen. */
    void add(int cache, List<ClearMark> found) {
        byCache.put(cache, found);
    }

    boolean contains(int cache) {
        return byCache.containsKey(cache);
    }

    boolean isEmpty() {
        return byCache.isEmpty();
    }

    /** What is performed anew: where no record is missing any more. It is forgotten here. */
    List<Anew> takeReady(MissingRecords missing) {
        List<Anew> ready = new ArrayList<>();
        for (Map.Entry<Integer, List<ClearMark>> one : new TreeMap<>(byCache).entrySet()) {
            if (!missing.containsAnyOf(one.getKey())) {
                byCache.remove(one.getKey());
                ready.add(anew(one.getValue(), keys(one.getKey(), one.getValue())));
            }
        }
        return ready;
    }

    /** A clear to be performed: what it is performed on top of, the clears that it stands for, and the keys that go. */
    record Anew(int cache, List<Version> ancestors, Lineage lineage, List<ClearMark.KeyLineage> keys) {}

    /** One clear in place of those that were found. */
    static Anew anew(List<ClearMark> found, List<ClearMark.KeyLineage> keys) {
        Lineage all = Lineage.EMPTY;
        Set<Version> ancestors = new LinkedHashSet<>();
        for (ClearMark mark : found) {
            all = all.with(mark.lineage());
            ancestors.addAll(mark.ancestors());
            ancestors.add(mark.origin());
        }
        return new Anew(found.get(0).cache(), List.copyOf(ancestors), all, keys);
    }

    private List<ClearMark.KeyLineage> keys(int cache, List<ClearMark> found) {
        Map<RecordKey, Lineage> lineages = new LinkedHashMap<>();
        for (ClearMark mark : found) {
            mark.keys().forEach(key -> lineages.merge(key.name(), key.lineage(), Lineage::forgottenWith));
        }
        for (KeyVersion held : state.contents().versions()) {
            if (held.name().cache() == cache) {
                lineages.merge(held.name(), state.tokens().of(held.name()), Lineage::forgottenWith);
            }
        }
        List<ClearMark.KeyLineage> keys = new ArrayList<>();
        lineages.forEach(
                (name, lineage) -> keys.add(new ClearMark.KeyLineage(name, lineage.forgottenWith(Lineage.EMPTY))));
        return List.copyOf(keys);
    }
}
