package dev.hypercache.jcache.manage;

import java.lang.management.ManagementFactory;
import javax.cache.CacheException;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MalformedObjectNameException;
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
    private final Publication configuration = new Publication("CacheConfiguration");
    private final Publication statistics = new Publication("CacheStatistics");
    private boolean ended;

    /** One of the two beans: whether it is to be seen, and whether it is ours that is seen. */
    private static final class Publication {
        final String type;
        boolean on;
        boolean registered;

        Publication(String type) {
            this.type = type;
        }
    }

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

    /** Publishes or withdraws the configuration's MXBean; does nothing after the end. */
    public synchronized void publishConfiguration(boolean on, ConfigurationBean bean) {
        publish(configuration, on, bean);
    }

    /** Publishes or withdraws the statistics' MXBean; does nothing after the end. */
    public synchronized void publishStatistics(boolean on, CacheStatisticsMXBean bean) {
        publish(statistics, on, bean);
    }

    public synchronized boolean isConfigurationPublished() {
        return configuration.on;
    }

    /** Withdraws both beans for good. */
    public synchronized void end() {
        ended = true;
        try {
            withdraw(configuration);
        } finally {
            withdraw(statistics);
        }
    }

    private void publish(Publication publication, boolean on, Object bean) {
        if (ended || on == publication.on) {
            return;
        }
        if (on) {
            register(publication, bean);
        } else {
            withdraw(publication);
        }
    }

    private void register(Publication publication, Object bean) {
        try {
            ManagementFactory.getPlatformMBeanServer().registerMBean(bean, nameOf(publication));
            publication.registered = true;
        } catch (InstanceAlreadyExistsException e) {
            // Another manager of the same URI, for another class loader, has a cache of this name: the first one shows.
        } catch (JMException e) {
            throw failure(publication, "registered", e);
        }
        publication.on = true;
    }

    private void withdraw(Publication publication) {
        publication.on = false;
        if (!publication.registered) {
            return;
        }
        publication.registered = false;
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(nameOf(publication));
        } catch (InstanceNotFoundException e) {
            // Somebody else has taken it away already, which is what is wanted.
        } catch (JMException e) {
            throw failure(publication, "unregistered", e);
        }
    }

    private ObjectName nameOf(Publication publication) throws MalformedObjectNameException {
        return new ObjectName("javax.cache:type=" + publication.type + ",CacheManager=" + escaped(managerUri)
                + ",Cache=" + escaped(cacheName));
    }

    private CacheException failure(Publication publication, String what, JMException cause) {
        return new CacheException(
                "the " + publication.type + " MXBean of cache '" + cacheName + "' of manager " + managerUri
                        + " could not be " + what,
                cause);
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
