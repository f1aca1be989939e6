package dev.hypercache.jcache.event;

import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.value.SideWork;
import dev.hypercache.jcache.value.Values;
import dev.hypercache.runtime.call.ChangeObserver;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import java.io.Closeable;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

    /** So many events of the node's own changes may wait; what a later tick of the node brings is dropped. */
    static final long BACKGROUND_EVENTS_MAX = 100_000;

    /** With so many of them leaders are asked to wait; far below what one lane takes. */
    private static final long ROOM_EVENTS = Lane.DELIVERIES_MAX / 4;

    private static final int LANES = 4;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Cache<K, V> source;
    private final AsyncDelivery async;
    private final AsyncDelivery background;
    private final DeliveryFailures failures;
    private final Listeners<K, V> listeners;
    private final long timeoutMillis;
    private final ListenerCalls<K, V> calls;
    private final KeyQueues<K, V> queues = new KeyQueues<>();
    private final ThreadLocal<Causes<K, V>> causes = new ThreadLocal<>();
    /** The events that the background has not delivered yet. */
    private final AtomicLong backgroundEvents = new AtomicLong();

    /** The undelivered events that a thread caused. */
    private static final class Causes<K, V> {
        final ArrayDeque<PendingEvent<K, V>> events = new ArrayDeque<>();
        boolean delivering;
    }

    /** What a dispatcher needs besides its cache and values. */
    public record Surroundings(
            MetricSet metrics,
            NodeLog log,
            WeakReference<ClassLoader> contextLoader,
            long timeoutMillis,
            SideWork sideWork) {}

    public EventDispatcher(Cache<K, V> source, Values<K, V> values, Surroundings surroundings) {
        this.source = source;
        this.failures = new DeliveryFailures(surroundings.metrics(), surroundings.log());
        this.listeners = new Listeners<>(source.getName(), surroundings.sideWork());
        this.timeoutMillis = surroundings.timeoutMillis();
        WeakReference<ClassLoader> loader = surroundings.contextLoader();
        this.async = new AsyncDelivery("hypercache-listener-" + source.getName(), LANES, loader, timeoutMillis);
        this.background = new AsyncDelivery("hypercache-events-" + source.getName(), LANES, loader, 0);
        this.calls =
                new ListenerCalls<>(new ListenerCalls.Told<>(source, values, listeners), async, failures, this::settle);
    }

    /**
     * Adds a listener.
     *
     * @throws IllegalArgumentException if the configuration is registered already
     * @throws IllegalStateException if the cache is closed
     * @throws CacheException if one of the configuration's factories fails
     */
    public void register(CacheEntryListenerConfiguration<K, V> configuration) {
        listeners.register(configuration);
    }

    /**
     * Removes a listener; does nothing if it is not registered.
     *
     * @return what wants to be closed
     */
    public List<Closeable> deregister(CacheEntryListenerConfiguration<K, V> configuration) {
        return listeners.deregister(configuration);
    }

    /** The configurations of the listeners as they are now. */
    public List<CacheEntryListenerConfiguration<K, V>> configurations() {
        return listeners.configurations();
    }

    @Override
    public void changed(Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        Object noted = note(key, change, before, after);
        if (noted != null) {
            claim(noted);
        }
    }

    @Override
    public @Nullable Object note(
            Object key, Change change, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        List<Registration<K, V>> registrations = listeners.now();
        EventType type = registrations.isEmpty() ? null : OutcomeEvents.eventOf(change);
        if (type == null) {
            return null;
        }
        PendingEvent<K, V> event = new PendingEvent<>(key, type, before, after, registrations);
        queues.add(event);
        return event;
    }

    @Override
    @SuppressWarnings("unchecked") // It is one of those that note gave out.
    public void claim(Object noted) {
        Causes<K, V> mine = causes.get();
        if (mine == null) {
            mine = new Causes<>();
            causes.set(mine);
        }
        mine.events.add((PendingEvent<K, V>) noted);
    }

    @Override
    public @Nullable Object find(Object key, @Nullable StoredRecord before, @Nullable StoredRecord after) {
        return queues.find(key, before, after);
    }

    @Override
    @SuppressWarnings("unchecked") // As above.
    public void deliver(Object noted, Runnable seen) {
        PendingEvent<K, V> event = (PendingEvent<K, V>) noted;
        if (event.delivered) {
            seen.run();
        } else {
            Causes<K, V> ofNobody = new Causes<>();
            ofNobody.events.add(event);
            handOver(event.key, ofNobody, seen);
        }
    }

    @Override
    public boolean hasRoom() {
        return backgroundEvents.get() < ROOM_EVENTS;
    }

    @Override
    public boolean isListening() {
        return !listeners.now().isEmpty();
    }

    @Override
    public boolean isAwaited() {
        return listeners.now().stream().anyMatch(Registration::isSynchronous);
    }

    @Override
    public boolean wantsOld() {
        return listeners.now().stream().anyMatch(Registration::isOldValueRequired);
    }

    @Override
    public void settle() {
        try {
            await();
        } catch (RuntimeException e) {
            failures.failedUnheard(e);
        }
    }

    @Override
    public void settleInBackground() {
        Causes<K, V> mine = listeners.wereUsed() ? causes.get() : null;
        if (mine == null || mine.delivering) {
            return;
        }
        causes.remove();
        handOver(source, mine, () -> {});
    }

    /** Has the background deliver events; those of one lane one after the other. */
    private void handOver(Object lane, Causes<K, V> noted, Runnable then) {
        List<PendingEvent<K, V>> events = List.copyOf(noted.events);
        long before = backgroundEvents.getAndAdd(events.size());
        Runnable delivery = () -> {
            settle(noted);
            backgroundEvents.addAndGet(-events.size());
            then.run();
        };
        if (before >= BACKGROUND_EVENTS_MAX || !background.submit(lane, delivery)) {
            events.forEach(this::drop);
            backgroundEvents.addAndGet(-events.size());
            then.run();
        }
    }

    /** Delivers on this thread what another one noted. */
    private void settle(Causes<K, V> handedOver) {
        causes.set(handedOver);
        try {
            settle();
        } catch (VirtualMachineError e) {
            failures.failedUnheard(e);
        }
    }

    private void drop(PendingEvent<K, V> event) {
        if (queues.discard(event)) {
            failures.dropped(1);
        }
    }

    /**
     * Waits until the events that this thread caused are delivered.
     *
     * @throws CacheEntryListenerException the first failure of a synchronous listener; the changes stand
     */
    public void await() {
        if (!listeners.wereUsed()) {
            return;
        }
        Causes<K, V> mine = causes.get();
        if (mine == null || mine.delivering) {
            return;
        }
        mine.delivering = true;
        Throwable failure = null;
        try {
            for (PendingEvent<K, V> event = mine.events.poll(); event != null; event = mine.events.poll()) {
                deliver(event);
                failure = ListenerCalls.worse(failure, event.failure);
            }
        } finally {
            causes.remove();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void deliver(PendingEvent<K, V> event) {
        KeyQueue<K, V> queue = queues.of(event.key);
        try {
            if (queue != null) {
                failures.notDelivered(queue.deliverUpTo(event, calls::run, timeoutMillis));
            }
        } finally {
            queues.forgetIfIdle(event.key);
        }
    }

    /** How many events wait for asynchronous listeners or for the background. */
    public long backlog() {
        return async.backlog() + backgroundEvents.get();
    }

    /** Whether the calling thread is one of those that deliver in the background. */
    public boolean isOwnThread() {
        return async.isOwnThread() || background.isOwnThread();
    }

    /** Ends deliveries, within two seconds for all that waits; returns what wants to be closed. */
    public List<Closeable> close() {
        listeners.close();
        long deadlineNanos = System.nanoTime() + CLOSE_NANOS;
        background.close(deadlineNanos);
        long left = backgroundEvents.get() + async.close(deadlineNanos);
        calls.end();
        if (left > 0) {
            failures.dropped(left);
        }
        return listeners.clear();
    }
}
