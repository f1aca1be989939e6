package dev.hypercache.core.replica;

import static dev.hypercache.core.replica.ApplyResult.BELOW_FLOOR;
import static dev.hypercache.core.replica.ApplyResult.FENCED;
import static dev.hypercache.core.replica.ApplyResult.INSTALLED;
import static dev.hypercache.core.replica.ApplyResult.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.spi.storage.EntryCursor;
import dev.hypercache.storage.HeapEntryStore;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SlotReplicaTest {

    private final SlotReplica replica = new SlotReplica(new HeapEntryStore<>(), new SlotPromise(), null, new Floor());

    @Test
    void newerRecordReplacesAnOlderOne() {
        assertThat(replica.apply(1, "k", value("a", 1, 1))).isEqualTo(INSTALLED);
        StoredRecord newer = value("b", 1, 2);
        assertThat(replica.apply(1, "k", newer)).isEqualTo(INSTALLED);
        assertThat(replica.get("k")).isSameAs(newer);
        assertThat(replica.size()).isEqualTo(1);
    }

    @Test
    void olderAndEqualVersionsAreSuperseded() {
        StoredRecord held = value("a", 2, 5);
        replica.apply(2, "k", held);
        assertThat(replica.apply(2, "k", value("b", 2, 4))).isEqualTo(SUPERSEDED);
        assertThat(replica.apply(2, "k", value("b", 2, 5))).isEqualTo(SUPERSEDED);
        assertThat(replica.apply(2, "k", value("b", 1, 9))).isEqualTo(SUPERSEDED);
        assertThat(replica.apply(2, "k", StoredRecord.tombstone(2, 4))).isEqualTo(SUPERSEDED);
        assertThat(replica.get("k")).isSameAs(held);
    }

    @Test
    void senderBelowThePromiseIsFencedWhateverItsRecordSays() {
        replica.apply(3, "k", value("a", 1, 1));
        assertThat(replica.apply(2, "k", value("b", 9, 9))).isEqualTo(FENCED);
        assertThat(replica.apply(2, "other", value("b", 9, 9))).isEqualTo(FENCED);
        assertThat(replica.clear(2, 2, 9)).isEqualTo(FENCED);
        assertThat(replica.size()).isEqualTo(1);
        assertThat(replica.apply(3, "k", value("b", 1, 2))).isEqualTo(INSTALLED);
    }

    @Test
    void refusedRecordStillRaisesThePromise() {
        replica.apply(1, "k", value("a", 1, 5));
        assertThat(replica.apply(4, "k", value("b", 1, 4))).isEqualTo(SUPERSEDED);
        assertThat(replica.apply(3, "k", value("b", 1, 6))).isEqualTo(FENCED);
    }

    @Test
    void deletedKeyStaysDeletedWhenItsOldValueComesLate() {
        StoredRecord late = value("a", 1, 1);
        replica.apply(1, "k", late);
        assertThat(replica.apply(1, "k", StoredRecord.tombstone(1, 2))).isEqualTo(INSTALLED);
        assertThat(replica.get("k")).isNull();
        assertThat(replica.size()).isZero();
        assertThat(replica.apply(1, "k", late)).isEqualTo(BELOW_FLOOR);
        assertThat(replica.apply(1, "k", value("b", 1, 2))).isEqualTo(BELOW_FLOOR);
        assertThat(replica.apply(1, "k", value("b", 1, 3))).isEqualTo(INSTALLED);
    }

    @Test
    void tombstoneOfAnAbsentKeyRaisesTheFloorToo() {
        assertThat(replica.apply(1, "k", StoredRecord.tombstone(1, 7))).isEqualTo(INSTALLED);
        assertThat(replica.apply(1, "k", value("a", 1, 6))).isEqualTo(BELOW_FLOOR);
    }

    @Test
    void lateTombstoneOfAnotherKeyNeverLowersTheFloor() {
        replica.apply(1, "held", value("a", 1, 2));
        replica.apply(1, "gone", StoredRecord.tombstone(1, 9));
        assertThat(replica.apply(1, "held", StoredRecord.tombstone(1, 4))).isEqualTo(INSTALLED);
        assertThat(replica.apply(1, "gone", value("a", 1, 8))).isEqualTo(BELOW_FLOOR);
    }

    @Test
    void floorDoesNotTouchRecordsThatAreHeld() {
        replica.apply(1, "held", value("a", 1, 1));
        replica.apply(1, "gone", StoredRecord.tombstone(1, 9));
        assertThat(replica.apply(1, "held", value("b", 1, 2))).isEqualTo(INSTALLED);
    }

    @Test
    void clearedSlotAcceptsOnlyNewerRecords() {
        replica.apply(1, "a", value("a", 1, 1));
        replica.apply(1, "b", value("b", 1, 2));
        assertThat(replica.clear(1, 1, 3)).isEqualTo(INSTALLED);
        assertThat(replica.size()).isZero();
        assertThat(replica.apply(1, "a", value("a", 1, 3))).isEqualTo(BELOW_FLOOR);
        assertThat(replica.apply(1, "c", value("c", 1, 2))).isEqualTo(BELOW_FLOOR);
        assertThat(replica.apply(1, "a", value("a", 1, 4))).isEqualTo(INSTALLED);
    }

    @Test
    void lateClearNeitherLowersTheFloorNorDropsWhatIsNewer() {
        replica.apply(1, "gone", StoredRecord.tombstone(1, 9));
        StoredRecord newer = value("a", 1, 10);
        replica.apply(1, "held", newer);
        replica.clear(1, 1, 5);
        assertThat(replica.get("held")).isSameAs(newer);
        assertThat(replica.apply(1, "gone", value("a", 1, 8))).isEqualTo(BELOW_FLOOR);
    }

    @Test
    void touchMovesOnlyTheVersionThatIsHeld() {
        StoredRecord held = value("a", 1, 5);
        replica.apply(1, "k", held);
        replica.touch("k", value("a", 1, 4).withExpiry(700));
        replica.touch("k", value("a", 2, 5).withExpiry(700));
        assertThat(replica.get("k")).isSameAs(held);
        StoredRecord touched = held.withExpiry(700);
        replica.touch("k", touched);
        assertThat(replica.get("k")).isSameAs(touched);
    }

    @Test
    void touchOfAnAbsentKeyBringsNothingBack() {
        replica.touch("k", value("a", 1, 1).withExpiry(700));
        assertThat(replica.get("k")).isNull();
    }

    @Test
    void cursorMeetsEveryRecord() {
        replica.apply(1, "a", value("x", 1, 1));
        replica.apply(1, "b", value("y", 1, 2));
        Set<Object> met = new HashSet<>();
        for (EntryCursor<StoredRecord> cursor = replica.cursor(); cursor.advance(); ) {
            met.add(cursor.key() + "=" + cursor.record().value());
        }
        assertThat(met).containsExactlyInAnyOrder("a=x", "b=y");
    }

    private static StoredRecord value(Object value, long ballot, long sequence) {
        return StoredRecord.value(value, ballot, sequence, StoredRecord.NEVER);
    }
}
