package dev.hypercache.telemetry;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Snapshot;

/**
 * Shows {@link MetricSet}s in a Dropwizard registry: the metrics there are views that read when they are read.
 *
 * <p>All metrics of a set appear at once, also those that were not used yet, so that a dashboard sees zeros and not
 * gaps. Loaded only when somebody asks for the registry.
 */
final class MetricViews {
    private final MetricRegistry registry = new MetricRegistry();

    MetricRegistry registry() {
        return registry;
    }

    void add(String cacheName, MetricSet set) {
        for (MetricName name : MetricName.values()) {
            if (name.scope() == MetricName.Scope.CACHE) {
                registry.register(name.metric(cacheName), view(set, name));
            }
        }
    }

    void addNode(MetricSet set) {
        for (MetricName name : MetricName.values()) {
            if (name.scope() == MetricName.Scope.NODE) {
                registry.register(name.metric(), view(set, name));
            }
        }
    }

    void remove(String cacheName) {
        for (MetricName name : MetricName.values()) {
            registry.remove(name.metric(cacheName));
        }
    }

    private static Metric view(MetricSet set, MetricName name) {
        return switch (name.kind()) {
            case COUNTER -> new CounterView(set, name);
            case GAUGE -> (Gauge<Long>) () -> set.read(name);
            case HISTOGRAM -> new HistogramView(set.latency(name));
        };
    }

    /** A counter whose value is read from the set; counting through the view is not possible. */
    private static final class CounterView extends Counter {
        private final MetricSet set;
        private final MetricName name;

        CounterView(MetricSet set, MetricName name) {
            this.set = set;
            this.name = name;
        }

        @Override
        public long getCount() {
            return set.read(name);
        }
    }

    private static final class HistogramView extends Histogram {
        private final LatencyHistogram latency;

        HistogramView(LatencyHistogram latency) {
            super(new HdrReservoir(latency));
            this.latency = latency;
        }

        @Override
        public long getCount() {
            return latency.count();
        }
    }

    /** Keeps every record, where Dropwizard's own reservoirs keep a sample. */
    private record HdrReservoir(LatencyHistogram latency) implements Reservoir {
        @Override
        public int size() {
            return getSnapshot().size();
        }

        @Override
        public void update(long value) {
            latency.record(value);
        }

        @Override
        public Snapshot getSnapshot() {
            return new HdrSnapshot(latency.copy());
        }
    }
}
