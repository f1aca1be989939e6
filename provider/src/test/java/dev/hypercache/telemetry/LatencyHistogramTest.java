package dev.hypercache.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class LatencyHistogramTest {
    @Test
    void emptyHistogramIsAllZero() {
        assertThat(new LatencyHistogram(true).snapshot())
                .isEqualTo(new LatencySnapshot(0, 0, 0, 0, new LatencySnapshot.Percentiles(0, 0, 0, 0), List.of()));
    }

    @Test
    void percentilesAreExactToOnePercent() {
        LatencyHistogram histogram = new LatencyHistogram(true);
        for (int micros = 1; micros <= 1000; micros++) {
            histogram.record(micros * 1000L);
        }

        LatencySnapshot snapshot = histogram.snapshot();

        assertThat(snapshot.count()).isEqualTo(1000);
        assertThat(snapshot.min()).isCloseTo(1_000, Percentage.withPercentage(2));
        assertThat(snapshot.p50()).isCloseTo(500_000, Percentage.withPercentage(1));
        assertThat(snapshot.p95()).isCloseTo(950_000, Percentage.withPercentage(1));
        assertThat(snapshot.p99()).isCloseTo(990_000, Percentage.withPercentage(1));
        assertThat(snapshot.p999()).isCloseTo(999_000, Percentage.withPercentage(1));
        assertThat(snapshot.max()).isCloseTo(1_000_000, Percentage.withPercentage(1));
        assertThat(snapshot.mean()).isCloseTo(500_500, within(5_000.0));
    }

    @Test
    void snapshotsAreCumulative() {
        LatencyHistogram histogram = new LatencyHistogram(true);
        histogram.record(100);
        histogram.snapshot();
        histogram.record(200);

        assertThat(histogram.snapshot().count()).isEqualTo(2);
        assertThat(histogram.count()).isEqualTo(2);
    }

    @Test
    void timesOutsideTheRangeAreCountedAtItsEnds() {
        LatencyHistogram histogram = new LatencyHistogram(true);
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);

        LatencySnapshot snapshot = histogram.snapshot();

        assertThat(snapshot.count()).isEqualTo(2);
        assertThat(snapshot.min()).isZero();
        assertThat(snapshot.max()).isCloseTo(LatencyHistogram.NANOS_MAX, Percentage.withPercentage(1));
    }

    @Test
    void bucketsSumUpToTheOperationsWhileOthersRecord() throws Exception {
        LatencyHistogram histogram = new LatencyHistogram(true);
        int threads = 4;
        int operations = 50_000;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<? extends Future<?>> writers = IntStream.range(0, threads)
                    .mapToObj(thread -> executor.submit(() -> {
                        for (int i = 0; i < operations; i++) {
                            histogram.record((i * 31L) % 1_000_000);
                        }
                    }))
                    .toList();
            long before = 0;
            while (!writers.stream().allMatch(Future::isDone)) {
                LatencySnapshot snapshot = histogram.snapshot();
                assertThat(sum(snapshot)).isEqualTo(snapshot.count()).isGreaterThanOrEqualTo(before);
                before = snapshot.count();
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(histogram.snapshot().count()).isEqualTo((long) threads * operations);
        assertThat(sum(histogram.snapshot())).isEqualTo((long) threads * operations);
    }

    @Test
    void bucketsAscend() {
        LatencyHistogram histogram = new LatencyHistogram(true);
        for (long nanos : new long[] {5_000_000, 20, 3_000, 20}) {
            histogram.record(nanos);
        }

        List<LatencySnapshot.Bucket> buckets = histogram.snapshot().buckets();

        assertThat(buckets)
                .extracting(LatencySnapshot.Bucket::upToNanos)
                .isSorted()
                .hasSize(3);
        assertThat(buckets).extracting(LatencySnapshot.Bucket::count).containsExactly(2L, 1L, 1L);
    }

    @Test
    void resetForgets() {
        LatencyHistogram histogram = new LatencyHistogram(true);
        histogram.reset();
        histogram.record(100);
        histogram.reset();

        assertThat(histogram.snapshot().count()).isZero();
    }

    @Test
    void switchedOffHistogramKeepsNothing() {
        LatencyHistogram.off().record(100);

        assertThat(LatencyHistogram.off().isOn()).isFalse();
        assertThat(LatencyHistogram.off().count()).isZero();
    }

    private static long sum(LatencySnapshot snapshot) {
        return snapshot.buckets().stream()
                .mapToLong(LatencySnapshot.Bucket::count)
                .sum();
    }
}
