package dev.hypercache.jcache.manage;

import java.lang.management.ManagementFactory;
import javax.cache.CacheException;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The MXBeans of one cache in the platform's MBean server.
 *
 * <p>Names are those that the TCK and Micrometer compute: {@code :}, {@code =}, {@code ,} and line breaks of the manager's
 * URI become dots, and so do the wildcards; cache names with such characters are refused when a cache is created.
 */
public final class CacheBeans {

    private static final String UNNAMEABLE = ":=,*?\"\n\r";

    private final String managerUri;
    private final String cacheName;
    private boolean configurationPublished;
    private boolean statisticsPublished;

    public CacheBeans(String managerUri, String cacheName) {
        this.managerUri = managerUri;
        this.cacheName = cacheName;
    }

    /**
     * Refuses a cache name that could not be part of an MBean's name.
     *
     * @throws IllegalArgumentException naming the character and the rule
     */
    public static void requireNameable(String cacheName) {
        for (int i = 0; i < cacheName.length(); i++) {
            if (UNNAMEABLE.indexOf(cacheName.charAt(i)) >= 0) {
                throw new IllegalArgumentException("cache name '" + cacheName + "' has the character '"
                        + cacheName.charAt(i) + "' at position " + i + "; names of caches are part of MBean names and"
                        + " must be free of : = , * ? \" and line breaks. Choose another name, for instance with dots");
            }
        }
    }

    /** Publishes or withdraws the configuration's MXBean. */
    public synchronized void publishConfiguration(boolean on, ConfigurationBean bean) {
        if (on != configurationPublished) {
            publish(on, "CacheConfiguration", bean);
            configurationPublished = on;
        }
    }

    /** Publishes or withdraws the statistics' MXBean. */
    public synchronized void publishStatistics(boolean on, CacheStatistics bean) {
        if (on != statisticsPublished) {
            publish(on, "CacheStatistics", bean);
            statisticsPublished = on;
        }
    }

    public synchronized boolean isConfigurationPublished() {
        return configurationPublished;
    }

    private void publish(boolean on, String type, Object bean) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName name = new ObjectName("javax.cache:type=" + type + ",CacheManager=" + escaped(managerUri)
                    + ",Cache=" + escaped(cacheName));
            if (on) {
                server.registerMBean(bean, name);
            } else {
                server.unregisterMBean(name);
            }
        } catch (InstanceAlreadyExistsException | InstanceNotFoundException e) {
            // Another manager of the same URI, for another class loader, has a cache of this name: the first one shows.
        } catch (JMException e) {
            throw new CacheException(
                    "the " + type + " MXBean of cache '" + cacheName + "' of manager " + managerUri + " could not be "
                            + (on ? "registered" : "unregistered"),
                    e);
        }
    }

    private static String escaped(String part) {
        StringBuilder escaped = new StringBuilder(part);
        for (int i = 0; i < part.length(); i++) {
            if (UNNAMEABLE.indexOf(part.charAt(i)) >= 0) {
                escaped.setCharAt(i, '.');
            }
        }
        return escaped.toString();
    }
}
