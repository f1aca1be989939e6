package dev.hypercache.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.BucketSum;
import dev.hypercache.core.message.CacheBuckets;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.storage.HeapEntryStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fingerprint of a replica depends on what it holds alone, and tells in which bucket two replicas differ. */
final class FingerprintTest {

    private static final FingerprintKey SECRET = new FingerprintKey(3, 4);
    private static final int CACHE = 5;

    private final SlotReplica one = replica(SECRET);
    private final SlotReplica other = replica(SECRET);

    private static SlotReplica replica(FingerprintKey secret) {
        return SlotReplica.oneOfMany(new HeapEntryStore<>(), new SlotPromise(), new Floor(), secret);
    }

    private static KeyBytes key(int number) {
        return KeyBytes.of(
                CACHE, ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    private static StoredRecord value(long sequence) {
        return StoredRecord.value("v" + sequence, 1, sequence, StoredRecord.NEVER);
    }

    private static void fill(SlotReplica replica, List<Integer> numbers) {
        numbers.forEach(number -> replica.apply(1, key(number), value(number + 1)));
    }

    private static List<Integer> numbers(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    private static List<BucketSum> all(SlotReplica replica) {
        return replica.buckets(CacheBuckets.BUCKETS_MAX);
    }

    @Test
    void orderOfWritesDoesNotMatter() {
        List<Integer> numbers = numbers(20_000);
        fill(one, numbers);
        Collections.shuffle(numbers, new Random(1));
        fill(other, numbers);

        assertThat(all(one)).hasSize(CacheBuckets.BUCKETS_MAX).isEqualTo(all(other));
        assertThat(one.sum()).isEqualTo(other.sum());
        assertThat(one.mix()).isEqualTo(other.mix());
    }

    @Test
    void bucketsGrowWithTheRecordsAndShrinkWithThem() {
        fill(one, numbers(64));
        assertThat(all(one)).hasSize(1);
        fill(one, List.of(64));
        assertThat(all(one)).hasSize(16);
        fill(one, numbers(16 * 64 + 1));
        assertThat(all(one)).hasSize(256);

        one.drop(record -> record.sequence() > 3);

        assertThat(all(one)).hasSize(1);
        fill(other, numbers(3));
        assertThat(all(one)).isEqualTo(all(other));
    }

    @Test
    void replicasWithUnlikeNumbersOfBucketsCompareByTheFewer() {
        fill(one, numbers(2_000));
        fill(other, numbers(2_000));
        other.drop(record -> record.sequence() > 1_000);
        fill(one, List.of());
        one.drop(record -> record.sequence() > 1_000);

        for (int size = 1; size <= 16; size *= 16) {
            assertThat(one.buckets(size)).isEqualTo(other.buckets(size));
        }
        SlotReplica small = replica(SECRET);
        fill(small, numbers(60));
        SlotReplica shrunk = replica(SECRET);
        fill(shrunk, numbers(70));
        shrunk.drop(record -> record.sequence() > 60);
        assertThat(all(shrunk)).hasSize(16);
        assertThat(shrunk.buckets(1)).isEqualTo(all(small));
    }

    @Test
    void oneDifferingRecordShowsInItsBucketAlone() {
        fill(one, numbers(5_000));
        fill(other, numbers(5_000));
        other.apply(2, key(77), StoredRecord.tombstone(2, 1));

        List<BucketSum> here = all(one);
        List<BucketSum> there = all(other);
        List<Integer> differing = new ArrayList<>();
        for (int bucket = 0; bucket < here.size(); bucket++) {
            if (!here.get(bucket).equals(there.get(bucket))) {
                differing.add(bucket);
            }
        }
        assertThat(differing).containsExactly((int) key(77).hash64() & (here.size() - 1));
    }

    @Test
    void anotherRingHasOtherFingerprintsOfTheSameRecords() {
        SlotReplica elsewhere = replica(new FingerprintKey(3, 5));
        fill(one, numbers(3));
        fill(elsewhere, numbers(3));

        assertThat(elsewhere.mix()).isNotEqualTo(one.mix());
    }

    @Test
    void recountOfWhatIsHeldFindsNothingWhileWritesGoOn() {
        fill(one, numbers(3_000));
        int written = 3_000;
        Recount.Step step = one.recount(100);
        while (step == Recount.Step.UNDER_WAY) {
            fill(one, List.of(written++));
            one.apply(2, key(written % 1_000), StoredRecord.tombstone(2, written));
            step = one.recount(100);
        }
        assertThat(step).isEqualTo(Recount.Step.CLEAN);
    }

    @Test
    void recountNoticesWhatTheStoreLostAndMendsTheFingerprint() {
        HeapEntryStore<StoredRecord> forgetful = new HeapEntryStore<>();
        SlotReplica replica = SlotReplica.oneOfMany(forgetful, new SlotPromise(), new Floor(), SECRET);
        fill(replica, numbers(1_000));
        forgetful.remove(key(500));

        Recount.Step step = Recount.Step.UNDER_WAY;
        for (int steps = 0; step == Recount.Step.UNDER_WAY; steps++) {
            step = replica.recount(300);
            assertThat(steps).isLessThan(4);
        }
        assertThat(step).isEqualTo(Recount.Step.MISMATCHED);
        fill(one, numbers(1_000));
        one.drop(record -> record.sequence() == 501);
        assertThat(all(replica)).isEqualTo(all(one));
        assertThat(replica.recount(2_000)).isEqualTo(Recount.Step.CLEAN);
    }

    @Test
    void recountEndsWhenTheBucketsAreCutAnew() {
        fill(one, numbers(60));
        assertThat(one.recount(10)).isEqualTo(Recount.Step.UNDER_WAY);
        fill(one, numbers(70));
        assertThat(one.recount(10)).isEqualTo(Recount.Step.ABANDONED);
        assertThat(one.recount(100)).isEqualTo(Recount.Step.CLEAN);
    }
}
