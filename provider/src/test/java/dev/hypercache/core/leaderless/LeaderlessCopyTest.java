package dev.hypercache.core.leaderless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.HybridClock;
import dev.hypercache.core.record.HybridVersion;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.replica.ApplyResult;
import dev.hypercache.core.replica.FingerprintKey;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.storage.HeapEntryStore;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When a copy lets go what is over. */
final class LeaderlessCopyTest {

    private static final RecordKey NAME = new RecordKey(5, KeyBytes.of(5, new byte[] {1}));

    private final LeaderlessCopy copy = new LeaderlessCopy(cache -> new HeapEntryStore<>(), new FingerprintKey(1, 2));

    private static long stamp(long millis) {
        return HybridClock.stampOf(millis);
    }

    @Test
    void valueThatIsOverHereStaysUntilTheFloorLiesAboveItsEnd() {
        StoredRecord value = StoredRecord.value("v", stamp(1_000), 1, 2_000);
        assertThat(copy.apply(NAME, value, 1_000)).isEqualTo(ApplyResult.INSTALLED);
        assertThat(Objects.requireNonNull(copy.held(NAME, 3_000)).isTombstone()).isTrue();

        copy.raiseFloor(stamp(1_500));
        assertThat(copy.held(NAME, 3_000)).isNotNull();
        copy.raiseFloor(stamp(2_500));
        assertThat(copy.held(NAME, 3_000)).isNull();
    }

    @Test
    void traceOfAValueThatGotAnotherVersionGoesWithTheFloor() {
        copy.apply(NAME, StoredRecord.value("v", stamp(600_000), 1, 600_700), 600_000);
        StoredRecord over = Objects.requireNonNull(copy.held(NAME, 601_000));

        copy.rename(NAME, over, new HybridVersion(stamp(1_000), 2));
        copy.raiseFloor(stamp(1_500));

        assertThat(copy.held(NAME, 1_500)).isNull();
    }

    @Test
    void traceOfARemovalGoesWithTheFloor() {
        copy.apply(NAME, StoredRecord.tombstone(stamp(1_000), 1), 1_000);

        copy.raiseFloor(stamp(1_500));
        assertThat(copy.held(NAME, 1_500)).isNull();
        assertThat(copy.apply(NAME, StoredRecord.value("old", stamp(900), 1, StoredRecord.NEVER), 1_500))
                .isEqualTo(ApplyResult.BELOW_FLOOR);
    }
}
