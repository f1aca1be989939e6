package dev.hypercache.management;

import dev.hypercache.telemetry.LatencySnapshot;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeMetrics;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows the metrics of a node as Prometheus reads them, through its own library, which knows the escapes and suffixes. The only
 * class that knows that library, since it may be absent.
 *
 * <p>A counter has the suffix {@code _total}. A latency is a summary in seconds with the suffix {@code _seconds}. A cache is the
 * label {@code cache}. A gauge that nobody supplies is left out: zero would be a statement.
 */
final class PrometheusText {

    private static final double NANOS_PER_SECOND = 1e9;

    private PrometheusText() {}

    static byte[] of(NodeMetrics metrics) throws IOException {
        Map<String, MetricSet> caches = new TreeMap<>(metrics.caches());
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        for (MetricName name : MetricName.values()) {
            Map<Labels, MetricSet> sets = new LinkedHashMap<>();
            if (name.scope() == MetricName.Scope.NODE) {
                sets.put(Labels.EMPTY, metrics.node());
            } else {
                caches.forEach((cache, set) -> sets.put(Labels.of("cache", cache), set));
            }
            sets.values().removeIf(set -> name.kind() == MetricName.Kind.GAUGE && !set.has(name));
            if (!sets.isEmpty()) {
                all.metricSnapshot(snapshot(name, sets));
            }
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, all.build(), EscapingScheme.UNDERSCORE_ESCAPING);
        return text.toByteArray();
    }

    private static MetricSnapshot snapshot(MetricName name, Map<Labels, MetricSet> sets) {
        return switch (name.kind()) {
            case COUNTER -> counter(name, sets);
            case GAUGE -> gauge(name, sets);
            case HISTOGRAM -> summary(name, sets);
        };
    }

    private static MetricSnapshot counter(MetricName name, Map<Labels, MetricSet> sets) {
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder().name(name.metric()).help(name.unit());
        sets.forEach((labels, set) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(Math.max(0, set.read(name)))
                .build()));
        return counter.build();
    }

    private static MetricSnapshot gauge(MetricName name, Map<Labels, MetricSet> sets) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name(name.metric()).help(name.unit());
        sets.forEach((labels, set) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(set.read(name))
                .build()));
        return gauge.build();
    }

    private static MetricSnapshot summary(MetricName name, Map<Labels, MetricSet> sets) {
        SummarySnapshot.Builder summary = SummarySnapshot.builder()
                .name(name.metric() + "_seconds")
                .unit(Unit.SECONDS)
                .help("seconds");
        sets.forEach((labels, set) ->
                summary.dataPoint(latency(labels, set.latency(name).snapshot())));
        return summary.build();
    }

    private static SummaryDataPointSnapshot latency(Labels labels, LatencySnapshot nanos) {
        return SummaryDataPointSnapshot.builder()
                .labels(labels)
                .count(nanos.count())
                .sum(nanos.mean() * nanos.count() / NANOS_PER_SECOND)
                .quantiles(Quantiles.builder()
                        .quantile(0.5, nanos.p50() / NANOS_PER_SECOND)
                        .quantile(0.95, nanos.p95() / NANOS_PER_SECOND)
                        .quantile(0.99, nanos.p99() / NANOS_PER_SECOND)
                        .quantile(0.999, nanos.p999() / NANOS_PER_SECOND)
                        .build())
                .build();
    }
}
