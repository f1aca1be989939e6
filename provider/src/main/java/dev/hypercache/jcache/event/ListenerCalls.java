package dev.hypercache.jcache.event;

import dev.hypercache.jcache.value.Values;
import javax.cache.Cache;
import javax.cache.event.CacheEntryListenerException;
import org.jspecify.annotations.Nullable;

/** Runs the listeners of one cache: the synchronous ones at once, the others on threads of the cache. */
final class ListenerCalls<K, V> {

    private final Told<K, V> told;
    private final AsyncDelivery async;
    private final DeliveryFailures failures;
    private final Runnable settle;
    private volatile boolean ended;

    /** Who is told, and of what. */
    record Told<K, V>(Cache<K, V> source, Values<K, V> values, Listeners<K, V> listeners) {}

    /**
     * @param settle delivers what a listener's own changes left on its thread
     */
    ListenerCalls(Told<K, V> told, AsyncDelivery async, DeliveryFailures failures, Runnable settle) {
        this.told = told;
        this.async = async;
        this.failures = failures;
        this.settle = settle;
    }

    /** Runs, or hands on, an event's listeners that are still registered. */
    void run(PendingEvent<K, V> event) {
        for (Registration<K, V> registration : event.registrations) {
            if (!registration.hears(event.type) || !told.listeners().now().contains(registration)) {
                continue;
            }
            if (registration.isSynchronous()) {
                event.failure = worse(event.failure, run(registration, event));
            } else if (!async.submit(event.key, () -> runAsynchronously(registration, event))) {
                failures.dropped(1);
            }
        }
    }

    private void runAsynchronously(Registration<K, V> registration, PendingEvent<K, V> event) {
        if (ended) {
            return;
        }
        Throwable failure = run(registration, event);
        if (failure != null) {
            failures.failedUnheard(failure);
        }
        settle.run(); // What the listener's own changes left, had it been stopped before it could wait for them.
    }

    /** Runs one listener; never throws, so that no other event is lost. */
    private @Nullable Throwable run(Registration<K, V> registration, PendingEvent<K, V> event) {
        try {
            registration.deliver(eventFor(registration, event));
            return null;
        } catch (VirtualMachineError | CacheEntryListenerException e) {
            failures.failed();
            return e;
        } catch (RuntimeException | Error e) {
            failures.failed();
            return new CacheEntryListenerException(
                    "a listener of cache '" + told.source().getName() + "' failed", e);
        }
    }

    private EntryEvent<K, V> eventFor(Registration<K, V> registration, PendingEvent<K, V> event) {
        Values<K, V> values = told.values();
        K key = values.key(event.key);
        V old = values.value(event.before);
        if (event.after == null) {
            return new EntryEvent<>(told.source(), event.type, key, old, old);
        }
        return new EntryEvent<>(
                told.source(),
                event.type,
                key,
                values.value(event.after),
                registration.isOldValueRequired() ? old : null);
    }

    /** The first failure, but an error of the virtual machine before all others. */
    static @Nullable Throwable worse(@Nullable Throwable first, @Nullable Throwable second) {
        return first == null || (second instanceof VirtualMachineError && !(first instanceof VirtualMachineError))
                ? second
                : first;
    }

    /** Events that wait on the cache's threads are not delivered any more. */
    void end() {
        ended = true;
    }
}
