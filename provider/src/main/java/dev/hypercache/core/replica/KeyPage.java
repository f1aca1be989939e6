package dev.hypercache.core.replica;

import dev.hypercache.core.message.EntryPage;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.core.ring.KeyHash;
import dev.hypercache.spi.storage.EntryCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Keys of a cache in one slot, in the unsigned order of their hashes and not in that of a table: a key that stays is told
 * exactly once however the table changes meanwhile, whoever tells the next page.
 *
 * @param keys as many as one message takes
 * @param isLast whether there are no more
 */
public record KeyPage(List<Object> keys, boolean isLast) {

    private static final Comparator<Object> BY_HASH = (one, other) -> Long.compareUnsigned(hashOf(one), hashOf(other));

    /**
     * The keys from a hash on.
     *
     * @param isTold which records are entries
     */
    public static KeyPage of(SlotReplica records, long from, BiPredicate<Object, StoredRecord> isTold) {
        List<Object> keys = new ArrayList<>();
        for (EntryCursor<StoredRecord> cursor = records.cursor(); cursor.advance(); ) {
            Object key = cursor.key();
            if (Long.compareUnsigned(hashOf(key), from) >= 0 && isTold.test(key, cursor.record())) {
                keys.add(key);
            }
        }
        keys.sort(BY_HASH);
        int end = endOfPage(keys);
        return new KeyPage(List.copyOf(keys.subList(0, end)), end == keys.size());
    }

    private static int endOfPage(List<Object> keys) {
        long bytes = 0;
        for (int end = 0; end < keys.size(); end++) {
            boolean isFull = end >= EntryPage.KEYS_MAX || bytes >= EntryPage.KEY_BYTES_MAX;
            if (isFull && hashOf(keys.get(end)) != hashOf(keys.get(end - 1))) {
                return end;
            }
            bytes += KeyBytes.lengthOf(keys.get(end));
        }
        return keys.size();
    }

    private static long hashOf(Object key) {
        return ((KeyHash) key).hash64();
    }
}
