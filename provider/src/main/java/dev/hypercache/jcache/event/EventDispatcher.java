package dev.hypercache.jcache.event;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Delivers events to the listeners of one cache, per key in the order of the changes.
 *
 * <p>A change is noted while its slot is guarded, which fixes the order; user code runs after the guard is left. The
 * thread that caused a change returns from its operation when the synchronous listeners have seen it. Whatever a listener
 * itself causes is delivered after it returned, so listeners may use the cache without waiting for themselves. A
 * listener that keeps other threads waiting for longer than the request timeout is counted and left behind: the
 * operation is done, only its event is late.
 */
public final class EventDispatcher<K, V> implements ChangeObserver {

    private final Cache<K, V> source;
    private final Values<K, V> values;
    private final AsyncDelivery async;
    private final MetricSet metrics;
    private final NodeLog log;
    private final long timeoutMillis;
    private final ConcurrentHashMap<Object, KeyQueue<K, V>> queues = new ConcurrentHashMap<>();
    private final ThreadLocal<Causes<K, V>> causes = new ThreadLocal<>();
    private volatile List<Registration<K, V>> registrations = List.of();
    /** Whether there ever was a listener; caches without one pay nothing but this look. */
    private volatile boolean used;

    /** The undelivered events that a thread caused. */
    private static final class Causes<K, V> {
        final ArrayDeque<PendingEvent<K, V>> events = new ArrayDeque<>();
        boolean delivering;
    }

    /** What a dispatcher needs besides its cache and values. */
    public record Surroundings(
            MetricSet metrics, NodeLog log, @Nullable ClassLoader contextLoader, long timeoutMillis) {}

    public EventDispatcher(Cache<K, V> source, Values<K, V> values, Surroundings surroundings) {
        this.source = source;
        this.values = values;
        this.metrics = surroundings.metrics();
        this.log = surroundings.log();
        this.timeoutMillis = surroundings.timeoutMillis();
        this.async = new AsyncDelivery(source.getName(), surroundings.contextLoader(), timeoutMillis);
    }

    /**
     * Adds a listener.
     *
     * @throws IllegalArgumentException if the configuration is registered already
     */
    public synchronized void register(CacheEntryListenerConfiguration<K, V> configuration) {
        for (Registration<K, V> registration : registrations) {
            if (registration.configuration().equals(configuration)) {
                throw new IllegalArgumentException("cache '" + source.getName() + "' has this listener configuration"
                        + " already; deregister it first, or register one that is not equal to it");
            }
        }
        List<Registration<K, V>> more = new ArrayList<>(registrations);
        more.add(new Registration<>(configuration));
        used = true;
        registrations = List.copyOf(more);
    }

    /**
     * Removes a listener; does nothing if it is not registered.
     *
     * @return what wants to be closed
     */
    public synchronized List<Closeable> deregister(CacheEntryListenerConfiguration<K, V> configuration) {
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

    /** The configurations of the listeners as they are now. */
    public List<CacheEntryListenerConfiguration<K, V>> configurations() {
        List<CacheEntryListenerConfiguration<K, V>> configurations = new ArrayList<>();
        for (Registration<K, V> registration : registrations) {
            configurations.add(registration.configuration());
        }
        return configurations;
    }

    @Override
    public void changed(Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        List<Registration<K, V>> listeners = registrations;
        EventType type = listeners.isEmpty() ? null : OutcomeEvents.eventOf(change);
        if (type == null) {
            return;
        }
        PendingEvent<K, V> event = new PendingEvent<>(key, type, before, after, listeners);
        queues.compute(key, (k, present) -> {
            KeyQueue<K, V> queue = present == null ? new KeyQueue<>() : present;
            queue.add(event);
            return queue;
        });
        Causes<K, V> mine = causes.get();
        if (mine == null) {
            mine = new Causes<>();
            causes.set(mine);
        }
        mine.events.add(event);
    }

    @Override
    public void settle() {
        try {
            await();
        } catch (CacheEntryListenerException e) {
            log.warn("listener")
                    .setCause(e)
                    .log("A synchronous listener failed for a change that no caller waits for.");
        }
    }

    /**
     * Waits until the events that this thread caused are delivered.
     *
     * @throws CacheEntryListenerException the first failure of a synchronous listener; the changes stand
     */
    public void await() {
        if (!used) {
            return;
        }
        Causes<K, V> mine = causes.get();
        if (mine == null || mine.delivering) {
            return;
        }
        mine.delivering = true;
        RuntimeException failure = null;
        try {
            for (PendingEvent<K, V> event = mine.events.poll(); event != null; event = mine.events.poll()) {
                deliver(event);
                failure = failure == null ? event.failure : failure;
            }
        } finally {
            causes.remove();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void deliver(PendingEvent<K, V> event) {
        KeyQueue<K, V> queue = queues.get(event.key);
        if (queue == null) {
            return;
        }
        if (!queue.deliverUpTo(event, this::runListeners, timeoutMillis)) {
            metrics.count(MetricName.LISTENER_FAILURES);
            log.warn("listener")
                    .log("A synchronous listener has kept others waiting for longer than hypercache.request.timeout;"
                            + " the operation is done, its event comes late.");
        }
        queues.computeIfPresent(event.key, (key, present) -> present.isIdle() ? null : present);
    }

    private void runListeners(PendingEvent<K, V> event) {
        for (Registration<K, V> registration : event.registrations) {
            if (!registration.hears(event.type) || !registrations.contains(registration)) {
                continue;
            }
            if (registration.isSynchronous()) {
                RuntimeException failure = run(registration, event);
                event.failure = event.failure == null ? failure : event.failure;
            } else if (!async.submit(event.key, () -> runAsynchronously(registration, event))) {
                metrics.count(MetricName.LISTENER_BACKLOG_FULL);
                log.warn("listener").log("An asynchronous listener is too slow; an event for it was dropped.");
            }
        }
    }

    private void runAsynchronously(Registration<K, V> registration, PendingEvent<K, V> event) {
        RuntimeException failure = run(registration, event);
        if (failure != null) {
            log.warn("listener").setCause(failure).log("An asynchronous listener failed.");
        }
        settle();
    }

    private @Nullable RuntimeException run(Registration<K, V> registration, PendingEvent<K, V> event) {
        try {
            registration.deliver(eventFor(registration, event));
            return null;
        } catch (RuntimeException | LinkageError e) {
            metrics.count(MetricName.LISTENER_FAILURES);
            return e instanceof CacheException cacheException
                    ? cacheException
                    : new CacheEntryListenerException("a listener of cache '" + source.getName() + "' failed", e);
        }
    }

    private EntryEvent<K, V> eventFor(Registration<K, V> registration, PendingEvent<K, V> event) {
        K key = values.key(event.key);
        V old = values.value(event.before);
        if (event.after == null) {
            return new EntryEvent<>(source, event.type, key, old, old);
        }
        return new EntryEvent<>(
                source, event.type, key, values.value(event.after), registration.isOldValueRequired() ? old : null);
    }

    /** How many events wait for asynchronous listeners. */
    public long backlog() {
        return async.backlog();
    }

    /** Ends deliveries; returns what wants to be closed. */
    public List<Closeable> close() {
        List<Closeable> closeables = new ArrayList<>();
        async.close();
        for (Registration<K, V> registration : registrations) {
            registration.collectCloseables(closeables);
        }
        registrations = List.of();
        return closeables;
    }
}
