package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.core.message.KeyVersion;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.core.record.ValueBytes;
import dev.hypercache.core.replica.CopyTampering;
import dev.hypercache.core.replica.SlotState;
import dev.hypercache.jcache.HyperCache;
import dev.hypercache.runtime.call.ConsistencyLevel;
import dev.hypercache.runtime.ring.MerkleSnapshot;
import dev.hypercache.runtime.ring.NodeCopy;
import dev.hypercache.telemetry.MetricName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies of a ring of three that are made to differ become equal again by themselves, and by reading. */
@Timeout(60)
final class RingRepairTest {

    private static final int ENTRIES = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static LocalRing ring(String... settings) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.repair.interval", "1s");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return LocalRing.of(3, properties);
    }

    private static Cache<String, String> fill(LocalRing ring) {
        Cache<String, String> cache = ring.manager(0)
                .createCache("books", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
        for (int i = 0; i < ENTRIES; i++) {
            cache.put("k" + i, "v" + i);
        }
        await().atMost(PATIENCE).until(() -> isEqual(ring));
        return cache;
    }

    private static boolean isEqual(LocalRing ring) {
        for (int slot = 0; slot < NodeCopy.slots(ring.node(0)); slot++) {
            String first = merkle(ring, 0, slot).root();
            if (!merkle(ring, 1, slot).root().equals(first)
                    || !merkle(ring, 2, slot).root().equals(first)) {
                return false;
            }
        }
        return true;
    }

    private static MerkleSnapshot merkle(LocalRing ring, int node, int slot) {
        return Objects.requireNonNull(ring.merkle(node, slot), "copy");
    }

    private static long sum(LocalRing ring, MetricName metric) {
        long sum = 0;
        for (int node = 0; node < ring.size(); node++) {
            sum += ring.metrics(node).node().read(metric);
        }
        return sum;
    }

    /** A key of which one node's copy forgets the record, in a slot that the node leads or follows. */
    private static RecordKey lose(LocalRing ring, int node, Predicate<MerkleSnapshot> where) {
        AtomicReference<RecordKey> lost = new AtomicReference<>();
        for (int slot = 0; slot < NodeCopy.slots(ring.node(node)) && lost.get() == null; slot++) {
            MerkleSnapshot merkle = merkle(ring, node, slot);
            if (where.test(merkle) && !merkle.caches().isEmpty()) {
                NodeCopy.at(ring.node(node), slot, copy -> {
                    List<KeyVersion> held = copy.contents().versions();
                    lost.set(held.get(0).name());
                    CopyTampering.lose(copy, held.get(0).name());
                });
            }
        }
        return Objects.requireNonNull(lost.get(), "lost");
    }

    @Test
    void followerThatLostRecordsGetsThemBack() {
        try (LocalRing ring = ring()) {
            fill(ring);
            for (int i = 0; i < 20; i++) {
                lose(ring, i % 3, merkle -> !merkle.leads());
            }
            assertThat(isEqual(ring)).isFalse();

            await().atMost(PATIENCE).until(() -> isEqual(ring));

            assertThat(sum(ring, MetricName.REPAIR_RECORDS_SENT)).isPositive();
            assertThat(sum(ring, MetricName.REPAIR_DIFFERENCES)).isPositive();
            assertThat(sum(ring, MetricName.REPAIR_CYCLES)).isPositive();
            assertThat(sum(ring, MetricName.REPAIR_BYTES)).isPositive();
            assertThat(sum(ring, MetricName.REPAIR_INTERVAL)).isPositive();
            await().atMost(PATIENCE).until(() -> sum(ring, MetricName.REPAIR_CYCLES_CLEAN) > 0);
        }
    }

    @Test
    void leaderThatLostRecordsGetsThemBackFromTheMajority() {
        try (LocalRing ring = ring()) {
            Cache<String, String> cache = fill(ring);
            int leader = 0;
            while (!merkle(ring, leader, 0).leads()) {
                leader++;
            }
            lose(ring, leader, MerkleSnapshot::leads);

            await().atMost(PATIENCE).until(() -> isEqual(ring));

            assertThat(sum(ring, MetricName.REPAIR_POLLS)).isPositive();
            assertThat(sum(ring, MetricName.REPAIR_REVIVED)).isEqualTo(1);
            for (int i = 0; i < ENTRIES; i++) {
                assertThat(cache.get("k" + i)).isEqualTo("v" + i);
            }
        }
    }

    @Test
    void ringThatDoesNotRepairItselfStaysAsItIs() {
        try (LocalRing ring = ring("hypercache.repair.enabled", "off", "hypercache.repair.interval", "100ms")) {
            fill(ring);
            long ticks = sum(ring, MetricName.TIMER_TICKS);
            lose(ring, 1, merkle -> !merkle.leads());

            await().atMost(PATIENCE).until(() -> sum(ring, MetricName.TIMER_TICKS) > ticks + 300);

            assertThat(isEqual(ring)).isFalse();
            assertThat(sum(ring, MetricName.REPAIR_CYCLES)).isZero();
        }
    }

    /** An older value at a follower, as a reader of all voters sees it. */
    private static String makeStale(LocalRing ring) {
        AtomicReference<String> stale = new AtomicReference<>();
        for (int slot = 0; stale.get() == null; slot++) {
            if (!merkle(ring, 1, slot).leads()) {
                NodeCopy.at(ring.node(1), slot, copy -> stale.set(makeStale(copy)));
            }
        }
        return stale.get();
    }

    private static String makeStale(SlotState copy) {
        RecordKey name = copy.contents().versions().get(0).name();
        StoredRecord held = Objects.requireNonNull(copy.replica(name.cache()).held(name.key()), "held");
        StoredRecord older = StoredRecord.value(
                ValueBytes.of(new byte[] {1}), held.ballot(), held.sequence() - 1, StoredRecord.NEVER);
        CopyTampering.plant(copy, name, older);
        return name.toString();
    }

    @SuppressWarnings("unchecked")
    private static void readAll(Cache<String, String> cache) {
        Cache<String, String> all =
                ((HyperCache<String, String>) cache.unwrap(HyperCache.class)).withConsistency(ConsistencyLevel.ALL);
        for (int i = 0; i < ENTRIES; i++) {
            assertThat(all.get("k" + i)).isEqualTo("v" + i);
        }
    }

    @Test
    void replicaThatAReaderSeesStaleIsRepairedOnce() {
        try (LocalRing ring = ring("hypercache.repair.enabled", "off")) {
            Cache<String, String> cache = fill(ring);
            makeStale(ring);
            for (int reader = 0; reader < 3; reader++) {
                readAll(cache);
            }
            await().atMost(PATIENCE).until(() -> isEqual(ring));

            assertThat(sum(ring, MetricName.READ_REPAIRS)).isEqualTo(1);
            assertThat(sum(ring, MetricName.READ_REPAIR_HINTS)).isPositive();
            long hints = sum(ring, MetricName.READ_REPAIR_HINTS);
            readAll(cache);
            assertThat(sum(ring, MetricName.READ_REPAIR_HINTS)).isEqualTo(hints);
        }
    }

    @Test
    void readersOfARingThatDoesNotRepairWhatTheySeeChangeNothing() {
        try (LocalRing ring = ring("hypercache.repair.enabled", "off", "hypercache.read-repair.enabled", "off")) {
            Cache<String, String> cache = fill(ring);
            makeStale(ring);
            readAll(cache);
            long ticks = sum(ring, MetricName.TIMER_TICKS);
            await().atMost(PATIENCE).until(() -> sum(ring, MetricName.TIMER_TICKS) > ticks + 200);

            assertThat(isEqual(ring)).isFalse();
            assertThat(sum(ring, MetricName.READ_REPAIR_HINTS)).isZero();
        }
    }

    @Test
    void snapshotOfTheTreeCountsEveryRecordInItsBucket() {
        try (LocalRing ring = ring()) {
            fill(ring);
            List<Integer> records = new ArrayList<>();
            for (int slot = 0; slot < NodeCopy.slots(ring.node(0)); slot++) {
                for (MerkleSnapshot.CacheTree cache : merkle(ring, 2, slot).caches()) {
                    int inBuckets = cache.buckets().stream()
                            .mapToInt(MerkleSnapshot.Bucket::records)
                            .sum();
                    assertThat(inBuckets).isEqualTo(cache.records());
                    assertThat(cache.root()).hasSize(32);
                    records.add(inBuckets);
                }
            }
            assertThat(records.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ENTRIES);
        }
    }
}
