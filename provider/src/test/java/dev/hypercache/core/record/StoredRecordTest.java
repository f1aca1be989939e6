package dev.hypercache.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StoredRecordTest {

    @Test
    void recordExpiresAtItsEndOfLifeAndNotBefore() {
        StoredRecord record = StoredRecord.value("v", 1, 1, 500);
        assertThat(record.isExpiredAt(499)).isFalse();
        assertThat(record.isExpiredAt(500)).isTrue();
        assertThat(StoredRecord.value("v", 1, 1, StoredRecord.NEVER).isExpiredAt(Long.MAX_VALUE - 1))
                .isFalse();
    }

    @Test
    void ballotOutranksSequence() {
        StoredRecord older = StoredRecord.value("v", 1, 9, StoredRecord.NEVER);
        StoredRecord newer = StoredRecord.tombstone(2, 1);
        assertThat(newer.isNewerThan(older)).isTrue();
        assertThat(older.isNewerThan(newer)).isFalse();
        assertThat(older.isNewerThan(older)).as("newer than itself").isFalse();
        assertThat(older.isAbove(1, 8)).isTrue();
        assertThat(older.isAbove(1, 9)).isFalse();
    }

    @Test
    void movingTheEndOfLifeKeepsValueAndVersion() {
        StoredRecord record = StoredRecord.value("v", 3, 4, 500);
        StoredRecord moved = record.withExpiry(900);
        assertThat(moved.value()).isSameAs(record.value());
        assertThat(moved.version()).isEqualTo(record.version());
        assertThat(moved.expiresAtMillis()).isEqualTo(900);
        assertThat(record.withExpiry(500)).isSameAs(record);
    }

    @Test
    void hasVersionNeedsBothParts() {
        StoredRecord record = StoredRecord.value("v", 3, 4, 500);
        assertThat(record.hasVersion(new Version(3, 4))).isTrue();
        assertThat(record.hasVersion(new Version(3, 5))).isFalse();
        assertThat(record.hasVersion(new Version(4, 4))).isFalse();
    }

    @Test
    void tombstoneHasNoValue() {
        StoredRecord tombstone = StoredRecord.tombstone(1, 1);
        assertThat(tombstone.isTombstone()).isTrue();
        assertThatThrownBy(tombstone::value).isInstanceOf(IllegalStateException.class);
        assertThat(StoredRecord.value("v", 1, 1, 0).isTombstone()).isFalse();
    }

    @Test
    void textShowsNoValue() {
        long ballot = new Ballot(1, 2, 3).packed();
        assertThat(StoredRecord.value("secret", ballot, 7, 500)).hasToString("value@1.2.3#7, expires at 500");
        assertThat(StoredRecord.tombstone(ballot, 8)).hasToString("tombstone@1.2.3#8");
    }
}
