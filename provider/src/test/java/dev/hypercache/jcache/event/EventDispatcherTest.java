package dev.hypercache.jcache.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.config.Settings;
import dev.hypercache.core.op.Change;
import dev.hypercache.core.record.StoredRecord;
import dev.hypercache.jcache.value.SideWork;
import dev.hypercache.jcache.value.TestContext;
import dev.hypercache.runtime.Crew;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;
import dev.hypercache.telemetry.NodeMetrics;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventDispatcherTest {

    private static final long PATIENT_MILLIS = 60_000;

    private final Crew crew = new Crew();
    private final MetricSet metrics = NodeMetrics.create(Settings.defaults()).cache("cache");
    private final EventDispatcher<String, String> events = dispatcher(PATIENT_MILLIS);
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger sequence = new AtomicInteger();

    @AfterEach
    void stop() {
        crew.close();
        events.close();
    }

    @Test
    void synchronousListenerHasHeardWhenTheCallerGoesOn() {
        listen(events, true, this::note);
        change("a", Change.CREATED);
        change("a", Change.UPDATED);
        assertThat(heard).isEmpty();
        events.await();
        assertThat(heard).containsExactly("CREATED a", "UPDATED a");
    }

    @Test
    void changesThatAreNoEventsAreToldToNobody() {
        listen(events, true, this::note);
        for (Change change : Change.values()) {
            change("k", change);
        }
        events.await();
        assertThat(heard).containsExactlyInAnyOrder("CREATED k", "UPDATED k", "REMOVED k", "EXPIRED k");
    }

    @Test
    void listenersHearEachKeysChangesInTheirOrderWhateverThreadMadeThem() {
        Map<String, List<Integer>> synchronous = new HashMap<>();
        Map<String, List<Integer>> asynchronous = new HashMap<>();
        for (String key : List.of("a", "b", "c")) {
            synchronous.put(key, Collections.synchronizedList(new ArrayList<>()));
            asynchronous.put(key, Collections.synchronizedList(new ArrayList<>()));
        }
        listen(events, true, event -> synchronous.get(event.getKey()).add(Integer.parseInt(event.getValue())));
        listen(events, false, event -> asynchronous.get(event.getKey()).add(Integer.parseInt(event.getValue())));
        Map<String, Object> slots = Map.of("a", new Object(), "b", new Object(), "c", new Object());
        crew.together(4, thread -> {
            for (int i = 0; i < 2_000; i++) {
                String key = i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "c";
                synchronized (slots.get(key)) {
                    change(key, Change.UPDATED);
                }
                events.await();
            }
        });
        events.close();
        assertThat(synchronous.values())
                .allSatisfy(numbers -> assertThat(numbers).isSorted());
        assertThat(asynchronous).isEqualTo(synchronous);
        assertThat(synchronous.values().stream().mapToInt(List::size).sum()).isEqualTo(8_000);
    }

    @Test
    void eventsThatAListenerCausesAreDeliveredAfterItReturned() {
        listen(events, true, event -> {
            heard.add("begin " + event.getKey());
            if (event.getEventType() == EventType.CREATED && event.getKey().equals("outer")) {
                change("inner", Change.CREATED);
                change("outer", Change.UPDATED);
                events.await();
            }
            heard.add("end " + event.getKey());
        });
        change("outer", Change.CREATED);
        events.await();
        assertThat(heard)
                .containsExactly("begin outer", "end outer", "begin inner", "end inner", "begin outer", "end outer");
    }

    @Test
    void failureOfASynchronousListenerReachesTheCallerOnceAllListenersHaveHeard() {
        listen(events, true, event -> {
            throw new IllegalStateException("broken");
        });
        listen(events, true, this::note);
        change("k", Change.CREATED);
        assertThatThrownBy(events::await)
                .isInstanceOf(CacheEntryListenerException.class)
                .hasMessageContaining("'cache'")
                .hasRootCauseMessage("broken");
        assertThat(heard).containsExactly("CREATED k");
        assertThat(metrics.read(MetricName.LISTENER_FAILURES)).isEqualTo(1);
        change("k", Change.REMOVED);
        assertThatThrownBy(events::await).isInstanceOf(CacheEntryListenerException.class);
        change("k", Change.REMOVED);
        events.settle();
        assertThat(heard).hasSize(3);
    }

    @Test
    void listenerThatHangsIsLeftBehindAndItsEventsComeLate() throws Exception {
        EventDispatcher<String, String> hasty = dispatcher(10);
        CountDownLatch listening = new CountDownLatch(1);
        CountDownLatch wakeUp = new CountDownLatch(1);
        listen(hasty, true, event -> {
            listening.countDown();
            pass(wakeUp);
            note(event);
        });
        Future<Boolean> first = crew.start(() -> {
            hasty.changed("k", Change.CREATED, null, record());
            hasty.await();
            return true;
        });
        Crew.pass(listening);
        hasty.changed("k", Change.UPDATED, record(), record());
        hasty.await();
        assertThat(heard).isEmpty();
        assertThat(metrics.read(MetricName.LISTENER_FAILURES)).isEqualTo(1);
        wakeUp.countDown();
        Crew.join(first);
        assertThat(heard).containsExactly("CREATED k", "UPDATED k");
        hasty.close();
    }

    @Test
    void hungAsynchronousListenerKeepsNobodyWaiting() {
        CountDownLatch wakeUp = new CountDownLatch(1);
        listen(events, false, event -> pass(wakeUp));
        listen(events, true, this::note);
        change("k", Change.CREATED);
        events.await();
        change("k", Change.UPDATED);
        events.await();
        assertThat(heard).containsExactly("CREATED k", "UPDATED k");
        wakeUp.countDown();
    }

    @Test
    void listenerHearsNothingAfterItWasDeregistered() {
        CacheEntryListenerConfiguration<String, String> registered = listen(events, true, this::note);
        change("k", Change.CREATED);
        events.deregister(registered);
        events.await();
        change("k", Change.UPDATED);
        events.await();
        assertThat(heard).isEmpty();
        assertThat(events.configurations()).isEmpty();
        events.deregister(registered);
    }

    @Test
    void sameConfigurationIsRefusedTwice() {
        CacheEntryListenerConfiguration<String, String> registered = listen(events, true, this::note);
        assertThatThrownBy(() -> events.register(registered))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'cache' has this listener configuration already");
    }

    @Test
    void oldValueIsThereForUpdatesIfWantedAndAlwaysForRemovals() {
        List<String> values = new ArrayList<>();
        Consumer<CacheEntryEvent<? extends String, ? extends String>> describe =
                event -> values.add(event.getEventType() + " " + event.getValue() + " " + event.getOldValue() + " "
                        + event.isOldValueAvailable());
        for (boolean wanted : new boolean[] {true, false}) {
            CacheEntryListenerConfiguration<String, String> configuration = configuration(true, wanted, describe);
            events.register(configuration);
            events.changed("k", Change.CREATED, null, record("new"));
            events.changed("k", Change.UPDATED, record("old"), record("new"));
            events.changed("k", Change.REMOVED, record("old"), null);
            events.changed("k", Change.EXPIRED, record("old"), null);
            events.await();
            events.deregister(configuration);
        }
        assertThat(values)
                .containsExactly(
                        "CREATED new null false",
                        "UPDATED new old true",
                        "REMOVED old old true",
                        "EXPIRED old old true",
                        "CREATED new null false",
                        "UPDATED new null false",
                        "REMOVED old old true",
                        "EXPIRED old old true");
    }

    private void change(String key, Change change) {
        boolean gone = change == Change.REMOVED || change == Change.EXPIRED || change == Change.EVICTED;
        StoredRecord record = record(Integer.toString(sequence.incrementAndGet()));
        events.changed(key, change, change == Change.CREATED ? null : record, gone ? null : record);
    }

    private static StoredRecord record() {
        return record("v");
    }

    private static StoredRecord record(String value) {
        return StoredRecord.value(value, 1, 1, StoredRecord.NEVER);
    }

    private void note(CacheEntryEvent<? extends String, ? extends String> event) {
        heard.add(event.getEventType() + " " + event.getKey());
    }

    private static void pass(CountDownLatch latch) {
        try {
            Crew.pass(latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EventDispatcher<String, String> dispatcher(long timeoutMillis) {
        return new EventDispatcher<>(
                named("cache"),
                TestContext.values(),
                new EventDispatcher.Surroundings(
                        metrics,
                        NodeLog.of(EventDispatcherTest.class, "test").forCache("cache"),
                        new WeakReference<>(EventDispatcherTest.class.getClassLoader()),
                        timeoutMillis,
                        new SideWork()));
    }

    /** A cache of which only the name is asked. */
    @SuppressWarnings("unchecked") // The proxy answers nothing that depends on the type arguments.
    private static Cache<String, String> named(String name) {
        return (Cache<String, String>) Proxy.newProxyInstance(
                Cache.class.getClassLoader(), new Class<?>[] {Cache.class}, (proxy, method, arguments) -> name);
    }

    private CacheEntryListenerConfiguration<String, String> listen(
            EventDispatcher<String, String> dispatcher,
            boolean synchronous,
            Consumer<CacheEntryEvent<? extends String, ? extends String>> listener) {
        CacheEntryListenerConfiguration<String, String> configuration = configuration(synchronous, false, listener);
        dispatcher.register(configuration);
        return configuration;
    }

    private static CacheEntryListenerConfiguration<String, String> configuration(
            boolean synchronous,
            boolean oldValueRequired,
            Consumer<CacheEntryEvent<? extends String, ? extends String>> listener) {
        return new MutableCacheEntryListenerConfiguration<>(
                () -> new AllEvents(listener), null, oldValueRequired, synchronous);
    }

    private record AllEvents(Consumer<CacheEntryEvent<? extends String, ? extends String>> listener)
            implements CacheEntryCreatedListener<String, String>,
                    CacheEntryUpdatedListener<String, String>,
                    CacheEntryRemovedListener<String, String>,
                    CacheEntryExpiredListener<String, String> {
        @Override
        public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            events.forEach(listener);
        }

        @Override
        public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            events.forEach(listener);
        }

        @Override
        public void onRemoved(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            events.forEach(listener);
        }

        @Override
        public void onExpired(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
            events.forEach(listener);
        }
    }
}
