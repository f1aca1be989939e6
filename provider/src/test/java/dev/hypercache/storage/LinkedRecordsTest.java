package dev.hypercache.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.spi.storage.Linked;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that bring their own link, as those of the product do. */
final class LinkedRecordsTest {

    private final HeapEntryStore<StoredRecord> store = new HeapEntryStore<>();

    @Test
    void recordIsFiledAsItIs() {
        StoredRecord record = record(1);
        store.put("k", record);
        assertThat(store.get("k")).isSameAs(record);
        assertThat(record.isFiled()).isTrue();
    }

    @Test
    void recordOfAnotherStoreIsCopied() {
        HeapEntryStore<StoredRecord> other = new HeapEntryStore<>();
        StoredRecord record = record(1);
        store.put("here", record);
        other.put("there", record);
        store.put("beside", record);
        assertThat(store.get("here")).isSameAs(record);
        assertThat(other.get("there")).isNotSameAs(record);
        assertThat(other.get("there").sequence()).isEqualTo(1);
        assertThat(store.get("beside").filedKey()).isEqualTo("beside");
        assertThat(store.get("there")).isNull();
    }

    @Test
    void newVersionTakesThePlaceOfTheOldOneAndLeavesItsReadersTheirWay() {
        for (int i = 0; i < 8; i++) {
            store.put(collidingKey(i), record(i));
        }
        int linking = 0;
        for (int i = 0; i < 8; i++) {
            StoredRecord old = store.get(collidingKey(i));
            Linked follower = old.next();
            store.put(collidingKey(i), record(100 + i));
            StoredRecord replacement = store.get(collidingKey(i));
            assertThat(replacement.sequence()).isEqualTo(100 + i);
            assertThat(replacement.next()).isSameAs(follower);
            assertThat(old.next())
                    .as("where a reader of the old record goes on")
                    .isSameAs(follower);
            linking += follower == null ? 0 : 1;
        }
        assertThat(linking).as("all but the last of the bin").isEqualTo(7);
        assertThat(store.size()).isEqualTo(8);
    }

    @Test
    void cursorThatOutlivesItsTableMeetsEachKeyOnce() {
        for (int i = 0; i < 100; i++) {
            store.put("k" + i, record(i));
        }
        EntryCursor<StoredRecord> cursor = store.cursor();
        Map<Object, Integer> met = new HashMap<>();
        for (int i = 0; cursor.advance(); i++) {
            met.merge(cursor.key(), 1, Integer::sum);
            for (int more = 0; more < 50; more++) {
                store.put("late" + i + "/" + more, record(more));
            }
            store.put("k" + i, record(1_000 + i));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(met.get("k" + i)).as("k" + i).isEqualTo(1);
        }
        assertThat(met.values()).containsOnly(1);
    }

    @Test
    void keysBeyondTheLongestBinAreReplacedAndRemovedLikeOthers() {
        int keys = 3 * HeapEntryStore.BIN_LENGTH_MAX;
        for (int i = 0; i < keys; i++) {
            store.put(collidingKey(i), record(i));
        }
        for (int i = 0; i < keys; i++) {
            store.put(collidingKey(i), record(100 + i));
        }
        assertThat(store.size()).isEqualTo(keys);
        for (int i = 0; i < keys; i += 2) {
            store.remove(collidingKey(i));
        }
        assertThat(store.size()).isEqualTo(keys / 2);
        for (int i = 0; i < keys; i++) {
            StoredRecord held = store.get(collidingKey(i));
            assertThat(held == null ? -1 : held.sequence()).isEqualTo(i % 2 == 0 ? -1 : 100 + i);
        }
        int met = 0;
        for (EntryCursor<StoredRecord> cursor = store.cursor(); cursor.advance(); ) {
            met++;
        }
        assertThat(met).isEqualTo(keys / 2);
    }

    private static StoredRecord record(int sequence) {
        return StoredRecord.value("v" + sequence, 1, sequence, StoredRecord.NEVER);
    }

    /** Strings of one hash code: "Aa" and "BB" are exchangeable. */
    private static String collidingKey(int number) {
        StringBuilder key = new StringBuilder();
        for (int bit = 0; bit < 6; bit++) {
            key.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return key.toString();
    }
}
