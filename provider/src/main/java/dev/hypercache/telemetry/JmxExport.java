package dev.hypercache.telemetry;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jmx.JmxReporter;
import java.util.Hashtable;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Publishes a registry as MBeans; the only class that needs the optional artifact {@code metrics-jmx}. */
final class JmxExport {
    private static final String DOMAIN = "dev.hypercache";

    private final JmxReporter reporter;

    private JmxExport(JmxReporter reporter) {
        this.reporter = reporter;
    }

    /** Publishes until {@link #close}; the manager and node tell several registries of one JVM apart. */
    static JmxExport start(MetricRegistry registry, String manager, String node) {
        JmxReporter reporter = JmxReporter.forRegistry(registry)
                .inDomain(DOMAIN)
                .createsObjectNamesWith((type, domain, name) -> objectName(manager, node, name))
                .build();
        reporter.start();
        return new JmxExport(reporter);
    }

    void close() {
        reporter.close();
    }

    private static ObjectName objectName(String manager, String node, String name) {
        Hashtable<String, String> properties = new Hashtable<>();
        properties.put("manager", ObjectName.quote(manager));
        properties.put("node", ObjectName.quote(node));
        int brace = name.indexOf('{');
        properties.put("name", brace < 0 ? name : name.substring(0, brace));
        if (brace >= 0) {
            String cache = name.substring(name.indexOf('"') + 1, name.lastIndexOf('"'));
            properties.put("cache", ObjectName.quote(cache));
        }
        try {
            return new ObjectName(DOMAIN, properties);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException("metric " + name + " of " + node + " has no JMX name", e);
        }
    }
}
