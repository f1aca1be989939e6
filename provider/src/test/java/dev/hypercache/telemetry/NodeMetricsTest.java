package dev.hypercache.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import dev.hypercache.config.ConfigurationException;
import dev.hypercache.config.IsolatedLoader;
import dev.hypercache.config.ManagerUri;
import dev.hypercache.config.Settings;
import dev.hypercache.config.Sources;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

final class NodeMetricsTest {
    @Test
    void counterStartsAtZeroAndAdds() {
        MetricSet books = NodeMetrics.create(Settings.defaults()).cache("books");

        assertThat(books.read(MetricName.LOADS)).isZero();
        books.count(MetricName.LOADS);
        books.add(MetricName.LOADS, 4);

        assertThat(books.read(MetricName.LOADS)).isEqualTo(5);
        assertThat(books.has(MetricName.LOADS)).isTrue();
        assertThat(books.has(MetricName.WRITES)).isFalse();
    }

    @Test
    void suppliedMetricIsReadFromItsSource() {
        MetricSet books = NodeMetrics.create(Settings.defaults()).cache("books");

        books.supply(name -> name == MetricName.ENTRIES ? 7 : 9, MetricName.ENTRIES, MetricName.HITS);
        books.supply(name -> -1, MetricName.ENTRIES);

        assertThat(books.read(MetricName.ENTRIES)).isEqualTo(7);
        assertThat(books.read(MetricName.HITS)).isEqualTo(9);
    }

    @Test
    void metricsAreUsedAsWhatTheyAre() {
        NodeMetrics metrics = NodeMetrics.create(Settings.defaults());

        assertThatThrownBy(() -> metrics.cache("books").count(MetricName.ENTRIES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ENTRIES is a GAUGE of a CACHE, used as a COUNTER of a CACHE");
        assertThatThrownBy(() -> metrics.node().count(MetricName.LOADS)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.cache("books").latency(MetricName.HITS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.cache("books").supply(name -> 0, MetricName.GET_LATENCY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void registryShowsEveryMetricOfTheNodeAndOfEachCache() {
        NodeMetrics metrics = NodeMetrics.create(Settings.defaults());
        metrics.cache("early").count(MetricName.LOADS);
        metrics.registry();
        metrics.cache("late").add(MetricName.LOADS, 2);
        metrics.node().count(MetricName.TIMER_TICKS);

        assertThat(metrics.registry().getNames()).hasSize(expectedNames(2));
        assertThat(counter(metrics, MetricName.LOADS.metric("early"))).isEqualTo(1);
        assertThat(counter(metrics, MetricName.LOADS.metric("late"))).isEqualTo(2);
        assertThat(counter(metrics, MetricName.TIMER_TICKS.metric())).isEqualTo(1);
    }

    @Test
    void registryFollowsRemovedCaches() {
        NodeMetrics metrics = NodeMetrics.create(Settings.defaults());
        MetricSet first = metrics.cache("books");
        metrics.registry();

        metrics.remove("books");
        metrics.remove("books");

        assertThat(metrics.registry().getNames()).hasSize(expectedNames(0));
        assertThat(metrics.cache("books")).isNotSameAs(first);
        assertThat(metrics.registry().getNames()).hasSize(expectedNames(1));
    }

    @Test
    void registryReadsGaugesAndHistogramsLive() {
        NodeMetrics metrics = NodeMetrics.create(Settings.defaults());
        MetricSet books = metrics.cache("books");
        books.supply(name -> 42, MetricName.ENTRIES);
        Gauge<?> entries = metrics.registry().getGauges().get(MetricName.ENTRIES.metric("books"));
        Histogram gets = metrics.registry().getHistograms().get(MetricName.GET_LATENCY.metric("books"));

        books.latency(MetricName.GET_LATENCY).record(1_000);
        books.latency(MetricName.GET_LATENCY).record(3_000);
        ByteArrayOutputStream dump = new ByteArrayOutputStream();
        gets.getSnapshot().dump(dump);

        assertThat(entries.getValue()).isEqualTo(42L);
        assertThat(gets.getCount()).isEqualTo(2);
        assertThat(gets.getSnapshot().size()).isEqualTo(2);
        assertThat(gets.getSnapshot().getMedian()).isBetween(990.0, 1_010.0);
        assertThat(gets.getSnapshot().getMax()).isBetween(2_970L, 3_030L);
        assertThat(gets.getSnapshot().getMin()).isBetween(990L, 1_010L);
        assertThat(gets.getSnapshot().getMean()).isBetween(1_980.0, 2_020.0);
        assertThat(gets.getSnapshot().getStdDev()).isBetween(980.0, 1_020.0);
        assertThat(dump.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    }

    @Test
    void switchedOffMetricsKeepAndShowNothing() {
        NodeMetrics metrics = NodeMetrics.create(settings("hypercache.metrics.enabled", "off"));
        MetricSet books = metrics.cache("books");

        books.count(MetricName.LOADS);
        books.supply(name -> 7, MetricName.ENTRIES);
        books.latency(MetricName.GET_LATENCY).record(5);
        metrics.start();

        assertThat(metrics.isOn()).isFalse();
        assertThat(books.read(MetricName.LOADS)).isZero();
        assertThat(books.read(MetricName.ENTRIES)).isZero();
        assertThat(books.latency(MetricName.GET_LATENCY).isOn()).isFalse();
        assertThat(metrics.registry().getNames()).isEmpty();
    }

    @Test
    void mbeansAppearOnlyWhenAskedForAndGoWithTheNode() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName all = new ObjectName("dev.hypercache:*");
        try (NodeMetrics silent = NodeMetrics.create(Settings.defaults())) {
            silent.start();
            assertThat(server.queryNames(all, null)).isEmpty();
        }
        NodeMetrics metrics = NodeMetrics.create(settings("hypercache.metrics.jmx", "on"));
        metrics.cache("books.by-id").add(MetricName.LOADS, 3);

        metrics.start();
        Set<ObjectName> names = server.queryNames(all, null);
        Object loads = server.getAttribute(
                new ObjectName("dev.hypercache:manager=\"hypercache:default\",node=\"embedded\","
                        + "name=hypercache_dist_loads,cache=\"books.by-id\""),
                "Count");
        metrics.close();
        metrics.close();

        assertThat(names).hasSize(expectedNames(1));
        assertThat(loads).isEqualTo(3L);
        assertThat(server.queryNames(all, null)).isEmpty();
    }

    @Test
    void countingLoadsNoLibrary() throws Exception {
        IsolatedLoader loader = new IsolatedLoader("com.codahale.", "org.HdrHistogram.", "org.slf4j.");

        loader.run(CountingOnly.class);
    }

    @Test
    void missingJmxArtifactIsNamed() throws Exception {
        IsolatedLoader loader = new IsolatedLoader("com.codahale.metrics.jmx.");

        assertThatThrownBy(() -> loader.run(PublishesMBeans.class))
                .satisfies(e -> assertThat(e.getClass().getName()).isEqualTo(ConfigurationException.class.getName()))
                .hasMessageContaining("hypercache.metrics.jmx = 'on' (manager properties): needs the artifact"
                        + " io.dropwizard.metrics:metrics-jmx")
                .hasMessageContaining("Add it to the application, or switch the key off.");
    }

    /** What a node does before somebody reads a metric or logs a line. */
    static final class CountingOnly implements Runnable {
        @Override
        public void run() {
            NodeMetrics metrics = NodeMetrics.create(Settings.defaults());
            metrics.start();
            metrics.node().count(MetricName.TIMER_TICKS);
            metrics.cache("books").count(MetricName.LOADS);
            if (metrics.cache("books").read(MetricName.LOADS) != 1) {
                throw new IllegalStateException("not counted");
            }
            NodeLog.of(CountingOnly.class, "n").forCache("books");
            metrics.remove("books");
            metrics.close();
        }
    }

    /** A node that publishes MBeans. */
    static final class PublishesMBeans implements Runnable {
        @Override
        public void run() {
            NodeMetrics.create(settings("hypercache.metrics.jmx", "on")).start();
        }
    }

    private static int expectedNames(int caches) {
        int names = 0;
        for (MetricName name : MetricName.values()) {
            names += name.scope() == MetricName.Scope.NODE ? 1 : caches;
        }
        return names;
    }

    private static long counter(NodeMetrics metrics, String name) {
        Counter counter = metrics.registry().getCounters().get(name);
        return counter.getCount();
    }

    private static Settings settings(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        return Settings.load(ManagerUri.of(null), properties, Sources.none());
    }
}
