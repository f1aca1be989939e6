package dev.hypercache.sim;

import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.EntryStore;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of the leaderless cache in one copy of a slot; no key may ever go back to an older version. */
final class WatchedStore implements EntryStore<StoredRecord> {

    private final SimStore store = new SimStore();
    private final Map<Object, HybridVersion> highest = new LinkedHashMap<>();
    private final SimNode node;
    private final int slot;
    private final LeaderlessChecks checks;

    WatchedStore(SimNode node, int slot, LeaderlessChecks checks) {
        this.node = node;
        this.slot = slot;
        this.checks = checks;
    }

    @Override
    public @Nullable StoredRecord get(Object key) {
        return store.get(key);
    }

    @Override
    public void put(Object key, StoredRecord record) {
        HybridVersion before = highest.get(key);
        boolean isRenamed = before != null && checks.isRenamed(node, slot, key, before, record);
        if (before != null && before.compareTo(record.hybridVersion()) > 0 && !isRenamed) {
            checks.violated(key + " goes back from " + before + " to " + record.hybridVersion() + " at " + node);
        }
        if (record.hybridVersion().compareTo(checks.clearOf(node, slot)) <= 0) {
            checks.violated(key + "@" + record.hybridVersion() + " comes below a clear at " + node);
        }
        highest.put(key, record.hybridVersion());
        checks.stored(node, slot, key, record);
        store.put(key, record);
    }

    @Override
    public void remove(Object key) {
        StoredRecord held = store.get(key);
        if (held != null) {
            boolean isByClear = checks.removed(node, slot, key, held.hybridVersion());
            if (isByClear) {
                highest.remove(key); // From now on the clear stands there, which may get a lower version.
            }
        }
        store.remove(key);
    }

    @Override
    public int size() {
        return store.size();
    }

    @Override
    public void clear() {
        store.clear();
    }

    @Override
    public EntryCursor<StoredRecord> cursor() {
        return store.cursor();
    }
}
