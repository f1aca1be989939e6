package dev.hypercache.cluster;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the node of this process has counted, as its MBeans tell. */
final class Counted {

    private Counted() {}

    /** The value of a counter of the node, by its name behind {@code hypercache_dist_}. */
    static String of(String metric) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            Set<ObjectName> names =
                    server.queryNames(new ObjectName("dev.hypercache:name=hypercache_dist_" + metric + ",*"), null);
            if (names.isEmpty()) {
                return "failed: there is no counter " + metric;
            }
            return String.valueOf(server.getAttribute(names.iterator().next(), "Count"));
        } catch (JMException e) {
            return "failed: " + e;
        }
    }
}
