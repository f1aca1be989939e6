package dev.hypercache.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeMetrics;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The metrics as text, and what is said when there is none. */
final class MetricsRouteTest {

    private static NodeMetrics metrics(String enabled) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.metrics.enabled", enabled);
        return NodeMetrics.create(Settings.load(ManagerUri.of(null), properties, Sources.none()));
    }

    @Test
    void libraryThatIsAbsentIsNamed() {
        MetricsRoute route = new MetricsRoute(metrics("on"), unused -> {
            throw new NoClassDefFoundError("io/prometheus/metrics/model/snapshots/MetricSnapshots");
        });

        MetricsRoute.Text answer = route.text();

        assertThat(answer.code()).isEqualTo("DEPENDENCY_MISSING");
        assertThat(answer.message())
                .contains("io.prometheus:prometheus-metrics-exposition-textformats 1.4.3", "Add it.");
    }

    @Test
    void metricsThatAreOffAreSaidToBe() {
        assertThat(new MetricsRoute(metrics("off"), PrometheusText::of).text().code())
                .isEqualTo("METRICS_OFF");
    }

    @Test
    void countersGaugesAndLatenciesAreWritten() throws Exception {
        NodeMetrics metrics = metrics("on");
        metrics.cache("a \"b\"").add(MetricName.PUTS, 3);
        metrics.cache("a \"b\"").latency(MetricName.PUT_LATENCY).record(2_000_000);
        metrics.node().supply(name -> -5, MetricName.CERT_EXPIRY_SECONDS);

        String text = new String(PrometheusText.of(metrics), StandardCharsets.UTF_8);

        assertThat(text.lines())
                .contains(
                        "hypercache_dist_puts_total{cache=\"a \\\"b\\\"\"} 3.0",
                        "hypercache_dist_cert_expiry_seconds -5.0")
                .contains("hypercache_dist_put_latency_seconds_count{cache=\"a \\\"b\\\"\"} 1")
                .anyMatch(line -> line.matches(
                        "hypercache_dist_put_latency_seconds\\{cache=\"a .*\",quantile=\"0\\.99\"} 0\\.00(19|20).*"))
                .noneMatch(line -> line.startsWith("hypercache_dist_keys_held_back"))
                .allMatch(line -> line.startsWith("# ") || line.startsWith("hypercache_dist_"));
    }
}
