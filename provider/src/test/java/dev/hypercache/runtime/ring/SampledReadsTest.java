package dev.hypercache.runtime.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.core.message.ReadCount;
import dev.hypercache.core.message.ReadCounts;
import dev.hypercache.core.message.RecordKey;
import dev.hypercache.core.ring.KeyBytes;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeMetrics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is read past the leaders: how much of it is kept, and whom it is told. */
final class SampledReadsTest {

    private static final int CACHE = 7;
    private static final int LEADER = 3;

    private final NodeMetrics metrics =
            NodeMetrics.create(Settings.load(ManagerUri.of(null), new Properties(), Sources.none()));
    private final SampledReads reads = new SampledReads(new RingMetrics(metrics.node()));
    private final Map<Integer, List<ReadCounts>> sent = new TreeMap<>();

    @AfterEach
    void close() {
        metrics.close();
    }

    private static RecordKey name(int number, int bytes) {
        return new RecordKey(
                CACHE,
                KeyBytes.of(CACHE, ByteBuffer.allocate(bytes).putInt(number).array()));
    }

    private void send(int leader) {
        reads.send(
                name -> leader,
                (to, counts) ->
                        sent.computeIfAbsent(to, unused -> new ArrayList<>()).add(counts));
    }

    @Test
    void countStandsForAboutAllReads() {
        RecordKey name = name(1, 4);
        for (int i = 0; i < 100_000; i++) {
            reads.read(name);
        }
        send(LEADER);

        List<ReadCount> counts = sent.get(LEADER).get(0).counts();
        assertThat(counts).hasSize(1);
        assertThat(counts.get(0).name()).isEqualTo(name);
        assertThat(counts.get(0).reads()).isBetween(90_000, 110_000);
    }

    @Test
    void eachLeaderGetsOneMessageAndNothingTwice() {
        for (int i = 0; i < 100; i++) {
            reads.sample(name(i, 4));
        }
        reads.send(
                name -> ((KeyBytes) name.key()).toBytes()[3] % 2,
                (to, counts) ->
                        sent.computeIfAbsent(to, unused -> new ArrayList<>()).add(counts));
        send(LEADER);

        assertThat(sent.keySet()).containsExactly(0, 1);
        assertThat(sent.values()).allSatisfy(messages -> {
            assertThat(messages).hasSize(1);
            assertThat(messages.get(0).counts()).hasSize(50);
        });
        assertThat(metrics.node().read(MetricName.READ_COUNTS_SENT)).isEqualTo(100);
    }

    @Test
    void moreKeysThanMayBeKeptAreDroppedAndCounted() {
        int taken = 0;
        for (int i = 0; i < 2 * SampledReads.KEYS_MAX; i++) {
            taken += reads.sample(name(i, 4)) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(SampledReads.KEYS_MAX);
        assertThat(reads.sample(name(0, 4))).as("a key that is kept already").isTrue();

        for (int i = 0; i < 10_000; i++) {
            reads.read(name(-1, 4));
        }
        assertThat(metrics.node().read(MetricName.READ_COUNTS_DROPPED)).isPositive();
    }

    @Test
    void largeKeysAreBoundedByTheirBytes() {
        int taken = 0;
        for (int i = 0; i < 1_000; i++) {
            taken += reads.sample(name(i, KeyBytes.LENGTH_MAX)) ? 1 : 0;
        }
        assertThat(taken).isEqualTo(SampledReads.KEY_BYTES_MAX / KeyBytes.LENGTH_MAX);
        send(LEADER);
        assertThat(reads.sample(name(0, KeyBytes.LENGTH_MAX)))
                .as("there is room again")
                .isTrue();
    }

    @Test
    void readsOfASlotWithoutALeaderAreDroppedAndCounted() {
        reads.sample(name(1, 4));
        reads.sample(name(1, 4));
        send(Members.NOBODY);

        assertThat(sent).isEmpty();
        assertThat(metrics.node().read(MetricName.READ_COUNTS_DROPPED)).isEqualTo(2);
    }
}
