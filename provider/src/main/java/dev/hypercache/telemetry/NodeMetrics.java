package dev.hypercache.telemetry;

import com.codahale.metrics.MetricRegistry;
import dev.hypercache.config.ConfigurationException;
import dev.hypercache.config.Problem;
import dev.hypercache.config.Setting;
import dev.hypercache.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one node: a set for the node itself and one for each open cache.
 *
 * <p>Counting needs no library. A Dropwizard registry over the sets is built when it is first asked for and follows the
 * caches from then on. Thread-safe.
 */
public final class NodeMetrics implements AutoCloseable {
    private final Settings settings;
    private final boolean on;
    private final MetricSet node;
    private final Map<String, MetricSet> caches = new HashMap<>(); // Bounded by the caches that are open.
    private @Nullable MetricViews views;
    private @Nullable JmxExport jmx;

    private NodeMetrics(Settings settings) {
        this.settings = settings;
        this.on = settings.metricsEnabled();
        this.node = new MetricSet(MetricName.Scope.NODE, on);
    }

    /** The metrics of a node with these settings; nothing is published before {@link #start}. */
    public static NodeMetrics create(Settings settings) {
        return new NodeMetrics(settings);
    }

    /**
     * Publishes the metrics as MBeans if the settings say so.
     *
     * @throws ConfigurationException when {@code metrics-jmx} is not on the class path
     */
    public synchronized void start() {
        if (!on || jmx != null || !settings.metricsJmx()) {
            return;
        }
        try {
            jmx = JmxExport.start(registry(), settings.uri().toString(), settings.nodeName());
        } catch (NoClassDefFoundError missing) {
            throw new ConfigurationException(new Problem(
                    settings.source(Setting.METRICS_JMX),
                    Setting.METRICS_JMX.key(),
                    "on",
                    "needs the artifact io.dropwizard.metrics:metrics-jmx, which is not on the class path",
                    "Add it to the application, or switch the key off."));
        }
    }

    /** Whether metrics are collected. */
    public boolean isOn() {
        return on;
    }

    /** The metrics of the node itself. */
    public MetricSet node() {
        return node;
    }

    /** The metrics of a cache, made at the first call and kept until {@link #remove}. */
    public synchronized MetricSet cache(String cacheName) {
        MetricSet set = caches.get(cacheName);
        if (set == null) {
            set = new MetricSet(MetricName.Scope.CACHE, on);
            caches.put(cacheName, set);
            if (views != null) {
                views.add(cacheName, set);
            }
        }
        return set;
    }

    /** The metrics of each open cache, by its name; a copy. */
    public synchronized Map<String, MetricSet> caches() {
        return Map.copyOf(caches);
    }

    /** Forgets a cache that was closed or destroyed. */
    public synchronized void remove(String cacheName) {
        if (caches.remove(cacheName) != null && views != null) {
            views.remove(cacheName);
        }
    }

    /**
     * All metrics, for a reporter of the application; names are {@link MetricName#metric(String)}. Empty when metrics
     * are off.
     */
    public synchronized MetricRegistry registry() {
        MetricViews present = views;
        if (present == null) {
            present = new MetricViews();
            if (on) {
                present.addNode(node);
                for (Map.Entry<String, MetricSet> cache : caches.entrySet()) {
                    present.add(cache.getKey(), cache.getValue());
                }
            }
            views = present;
        }
        return present.registry();
    }

    /** Takes the MBeans away. */
    @Override
    public synchronized void close() {
        if (jmx != null) {
            jmx.close();
            jmx = null;
        }
    }
}
