package dev.hypercache.jcache.event;

import dev.hypercache.jcache.value.SideWork;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;

/** Who listens to one cache. Bounded by what the application registers. */
final class Listeners<K, V> {

    private final String cacheName;
    private volatile List<Registration<K, V>> registrations = List.of();
    /** Knows whether there ever was a listener; caches without one pay nothing but this look. */
    private final SideWork sideWork;

    private boolean closed;

    Listeners(String cacheName, SideWork sideWork) {
        this.cacheName = cacheName;
        this.sideWork = sideWork;
    }

    /** Those of now, in the order of their registration. */
    List<Registration<K, V>> now() {
        return registrations;
    }

    boolean wereUsed() {
        return sideWork.has(SideWork.LISTENERS);
    }

    synchronized void register(CacheEntryListenerConfiguration<K, V> configuration) {
        if (closed) {
            throw new IllegalStateException("cache '" + cacheName + "' is closed and takes no more listeners");
        }
        for (Registration<K, V> registration : registrations) {
            if (registration.configuration().equals(configuration)) {
                throw new IllegalArgumentException("cache '" + cacheName + "' has this listener configuration"
                        + " already; deregister it first, or register one that is not equal to it");
            }
        }
        List<Registration<K, V>> more = new ArrayList<>(registrations);
        more.add(Registration.create(cacheName, configuration));
        sideWork.set(SideWork.LISTENERS, true);
        registrations = List.copyOf(more);
    }

    synchronized List<Closeable> deregister(CacheEntryListenerConfiguration<K, V> configuration) {
        List<Registration<K, V>> fewer = new ArrayList<>();
        List<Closeable> closeables = new ArrayList<>();
        for (Registration<K, V> registration : registrations) {
            if (registration.configuration().equals(configuration)) {
                registration.collectCloseables(closeables);
            } else {
                fewer.add(registration);
            }
        }
        registrations = List.copyOf(fewer);
        return closeables;
    }

    List<CacheEntryListenerConfiguration<K, V>> configurations() {
        List<CacheEntryListenerConfiguration<K, V>> configurations = new ArrayList<>();
        for (Registration<K, V> registration : registrations) {
            configurations.add(registration.configuration());
        }
        return configurations;
    }

    /** Takes no more listeners; those of now hear on. */
    synchronized void close() {
        closed = true;
    }

    /** Forgets all; returns what wants to be closed. */
    synchronized List<Closeable> clear() {
        List<Closeable> closeables = new ArrayList<>();
        for (Registration<K, V> registration : registrations) {
            registration.collectCloseables(closeables);
        }
        registrations = List.of();
        return closeables;
    }
}
