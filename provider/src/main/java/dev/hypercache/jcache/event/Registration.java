package dev.hypercache.jcache.event;

import dev.hypercache.jcache.value.FactoryCall;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** One listener of a cache, with its filter. */
final class Registration<K, V> {

    private final CacheEntryListenerConfiguration<K, V> configuration;
    private final CacheEntryListener<? super K, ? super V> listener;
    private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
    private final boolean synchronous;
    private final boolean oldValueRequired;

    private Registration(
            CacheEntryListenerConfiguration<K, V> configuration,
            CacheEntryListener<? super K, ? super V> listener,
            @Nullable CacheEntryEventFilter<? super K, ? super V> filter) {
        this.configuration = configuration;
        this.listener = listener;
        this.filter = filter;
        this.synchronous = configuration.isSynchronous();
        this.oldValueRequired = configuration.isOldValueRequired();
    }

    /**
     * Makes a listener and its filter.
     *
     * @throws CacheException if one of the factories fails; nothing is left open then
     */
    static <K, V> Registration<K, V> create(String cacheName, CacheEntryListenerConfiguration<K, V> configuration) {
        CacheEntryListener<? super K, ? super V> listener =
                FactoryCall.made(cacheName, "cache entry listener", configuration.getCacheEntryListenerFactory());
        Factory<CacheEntryEventFilter<? super K, ? super V>> filters = configuration.getCacheEntryEventFilterFactory();
        try {
            return new Registration<>(
                    configuration,
                    listener,
                    filters == null ? null : FactoryCall.made(cacheName, "cache entry event filter", filters));
        } catch (CacheException e) {
            closeAfter(listener, e);
            throw e;
        }
    }

    private static void closeAfter(Object listener, CacheException failure) {
        if (listener instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException | RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }

    CacheEntryListenerConfiguration<K, V> configuration() {
        return configuration;
    }

    boolean isSynchronous() {
        return synchronous;
    }

    boolean isOldValueRequired() {
        return oldValueRequired;
    }

    boolean hears(EventType type) {
        switch (type) {
            case CREATED:
                return listener instanceof CacheEntryCreatedListener;
            case UPDATED:
                return listener instanceof CacheEntryUpdatedListener;
            case REMOVED:
                return listener instanceof CacheEntryRemovedListener;
            case EXPIRED:
                return listener instanceof CacheEntryExpiredListener;
            default:
                return false;
        }
    }

    /** Hands an event to the listener unless the filter keeps it back. User code. */
    @SuppressWarnings("unchecked") // hears() checked the listener's kind; listeners are contravariant in K and V.
    void deliver(EntryEvent<K, V> event) {
        if (filter != null && !filter.evaluate(event)) {
            return;
        }
        List<CacheEntryEvent<? extends K, ? extends V>> events = Collections.singletonList(event);
        switch (event.getEventType()) {
            case CREATED:
                ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
                break;
            case UPDATED:
                ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
                break;
            case REMOVED:
                ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
                break;
            case EXPIRED:
                ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
                break;
            default:
                throw new IllegalArgumentException("unknown event type " + event.getEventType());
        }
    }

    /** The listener and the filter, where they want to be closed. */
    void collectCloseables(List<Closeable> closeables) {
        if (listener instanceof Closeable closeable) {
            closeables.add(closeable);
        }
        if (filter instanceof Closeable closeable) {
            closeables.add(closeable);
        }
    }
}
