package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskRecords;
import dev.hypercache.core.message.RecordEntry;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.Version;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records that a new leader must get from others before it may decide on their keys. Confined to its slot.
 */
final class MissingRecords {

    /** @param keeps whether the version is chosen, so that it keeps its name */
    record Missing(Version version, BitSet holders, boolean keeps) {}

    private final LeaderContext context;
    private final Map<RecordKey, Missing> missing = new LinkedHashMap<>();
    private long fetchedAtMillis;
    private int tries;

    MissingRecords(LeaderContext context) {
        this.context = context;
    }

    void add(RecordKey name, Version version, BitSet holders, boolean keeps) {
        missing.put(name, new Missing(version, holders, keeps));
    }

    boolean contains(RecordKey name) {
        return missing.containsKey(name);
    }

    boolean containsAnyOf(int cache) {
        return missing.keySet().stream().anyMatch(name -> name.cache() == cache);
    }

    boolean isEmpty() {
        return missing.isEmpty();
    }

    /** A record came; what was known of it if it is the one that is missing, else null. */
    @Nullable
    Missing take(RecordEntry entry) {
        Missing wanted = missing.get(entry.name());
        if (wanted == null || !entry.record().version().equals(wanted.version())) {
            return null;
        }
        missing.remove(entry.name());
        return wanted;
    }

    /** Asks for the next records, each from one of its holders; the holders take turns. */
    void fetch() {
        fetchedAtMillis = context.nowMillis();
        Map<Integer, List<RecordKey>> byHolder = new TreeMap<>();
        for (Map.Entry<RecordKey, Missing> one : missing.entrySet()) {
            int[] holders = one.getValue().holders().stream().toArray();
            int holder = holders[tries % holders.length];
            List<RecordKey> names = byHolder.computeIfAbsent(holder, unused -> new ArrayList<>());
            if (names.size() < AskRecords.RECORDS_MAX) {
                names.add(one.getKey());
            }
        }
        byHolder.forEach((holder, names) ->
                context.out().send(holder, new AskRecords(context.slot(), context.ballot(), List.copyOf(names))));
    }

    /** Some came: asks for those that did not fit. */
    void fetchMore() {
        if (missing.size() >= AskRecords.RECORDS_MAX) {
            fetch();
        }
    }

    void repeat(long everyMillis) {
        if (!missing.isEmpty() && context.nowMillis() - fetchedAtMillis >= everyMillis) {
            tries++;
            fetch();
        }
    }
}
