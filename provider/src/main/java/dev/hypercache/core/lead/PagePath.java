package dev.hypercache.core.lead;

import dev.hypercache.core.message.AskPage;
import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.KeyHash;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How a leader tells which keys a cache has in its slot, page by page.
 *
 * <p>The pages follow the hashes of the keys and not the order of a table, so that a key that stays is told exactly once
 * however the table changes meanwhile, whoever leads. A key whose last write is under way is told as well, be it a removal:
 * that may yet come to nothing. Confined to its slot.
 */
final class PagePath {

    private static final Comparator<Object> BY_HASH = (one, other) -> Long.compareUnsigned(hashOf(one), hashOf(other));

    private final LeaderContext context;
    private final CacheLeaders leaders;
    private final SlotState state;
    private final Replication replication;
    private final Answers answers;

    PagePath(LeaderContext context, CacheLeaders leaders, Replication replication, Answers answers) {
        this.context = context;
        this.leaders = leaders;
        this.state = context.state();
        this.replication = replication;
        this.answers = answers;
    }

    /** Tells the keys from a hash on. */
    void tell(int caller, AskPage ask) {
        if (ask.breaksHolds()) {
            leaders.of(ask.cache()).breakHolds(context.nowMillis());
        }
        List<Object> keys = keysFrom(ask.cache(), ask.from());
        keys.sort(BY_HASH);
        int end = endOfPage(keys);
        answers.tellPage(caller, ask, List.copyOf(keys.subList(0, end)), end == keys.size());
    }

    private List<Object> keysFrom(int cache, long from) {
        List<Object> keys = new ArrayList<>();
        for (EntryCursor<StoredRecord> cursor = state.replica(cache).cursor(); cursor.advance(); ) {
            Object key = cursor.key();
            if (Long.compareUnsigned(hashOf(key), from) >= 0 && isToldOf(new RecordKey(cache, key), cursor.record())) {
                keys.add(key);
            }
        }
        return keys;
    }

    private boolean isToldOf(RecordKey name, StoredRecord held) {
        boolean isLive = !held.isTombstone() && !held.isExpiredAt(state.slotTimeMillis());
        return isLive || replication.proposals().latest(name) != null;
    }

    private static int endOfPage(List<Object> keys) {
        long bytes = 0;
        for (int end = 0; end < keys.size(); end++) {
            boolean isFull = end >= EntryPage.KEYS_MAX || bytes >= EntryPage.KEY_BYTES_MAX;
            if (isFull && hashOf(keys.get(end)) != hashOf(keys.get(end - 1))) {
                return end;
            }
            bytes += keys.get(end) instanceof KeyBytes key ? key.length() : 0;
        }
        return keys.size();
    }

    private static long hashOf(Object key) {
        return ((KeyHash) key).hash64();
    }
}
