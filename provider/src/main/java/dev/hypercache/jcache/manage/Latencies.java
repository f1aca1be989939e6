package dev.hypercache.jcache.manage;

import dev.hypercache.core.op.CacheCounts;
import dev.hypercache.telemetry.LatencyHistogram;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** How long the operations of a cache took, while somebody wanted to know. */
final class Latencies {

    final Kind get;
    final Kind put;
    final Kind remove;
    final Kind invoke;

    Latencies(MetricSet metrics) {
        get = new Kind(metrics.latency(MetricName.GET_LATENCY));
        put = new Kind(metrics.latency(MetricName.PUT_LATENCY));
        remove = new Kind(metrics.latency(MetricName.REMOVE_LATENCY));
        invoke = new Kind(metrics.latency(MetricName.INVOKE_LATENCY));
    }

    void record(Operation operation, long nanos) {
        if (operation.timedAsGet()) {
            get.record(nanos);
        }
        switch (operation.timedAs()) {
            case PUT -> put.record(nanos);
            case REMOVE -> remove.record(nanos);
            case INVOKE -> invoke.record(nanos);
            default -> {}
        }
    }

    void clear() {
        get.clear();
        put.clear();
        remove.clear();
        invoke.clear();
    }

    /** One kind of latency: sums for the mean, a histogram for the distribution. */
    static final class Kind {
        private final LatencyHistogram histogram;
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        Kind(LatencyHistogram histogram) {
            this.histogram = histogram;
        }

        void record(long elapsedNanos) {
            count.increment();
            nanos.add(elapsedNanos);
            histogram.record(elapsedNanos);
        }

        CacheCounts.Timed timed() {
            return new CacheCounts.Timed(count.sum(), nanos.sum());
        }

        float averageMicros() {
            long total = count.sum();
            return total == 0 ? 0 : (float) nanos.sum() / total / TimeUnit.MICROSECONDS.toNanos(1);
        }

        private void clear() {
            count.reset();
            nanos.reset();
            histogram.reset();
        }
    }
}
