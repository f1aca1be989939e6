package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Asynchronous listeners: nothing waits for them, nothing they do is lost on the others. */
@Timeout(30)
final class AsynchronousListenerTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @Test
    void theOperationDoesNotWaitForTheListener() {
        CountDownLatch release = new CountDownLatch(1);
        Recorder<String, String> recorder = new Recorder<>(event -> awaitUninterrupted(release));
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(recorder.asynchronous());

        cache.put("key", "value");
        cache.remove("key");
        assertThat(cache.containsKey("key")).isFalse();

        release.countDown();
        await().untilAsserted(() -> assertThat(recorder.heard())
                .containsExactly(Heard.created("key", "value"), Heard.removed("key", "value")));
    }

    @Test
    void theListenerRunsOnAnotherThread() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Recorder<String, String> recorder = new Recorder<>(event -> thread.set(Thread.currentThread()));
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(recorder.asynchronous());

        cache.put("key", "value");

        await().until(() -> thread.get() != null);
        assertThat(thread.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void noEventIsLostWhenAListenerIsSlowerThanItsWriters() {
        int count = 5_000;
        Recorder<String, String> recorder = new Recorder<>(event -> Thread.onSpinWait());
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(recorder.asynchronous());

        IntStream.range(0, count).forEach(i -> cache.put("key", Integer.toString(i)));

        await().until(() -> recorder.heard().size() == count);
        assertThat(recorder.heard().stream().map(Heard::value))
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    @Test
    void laterEventsComeAfterAListenerThrew() {
        Recorder<String, String> recorder = new Recorder<>(event -> {
            throw new IllegalStateException("the listener fails on " + event);
        });
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(recorder.asynchronous());

        cache.put("key", "first");
        cache.put("key", "second");
        cache.remove("key");

        await().untilAsserted(() -> assertThat(recorder.heard())
                .extracting(Heard::type)
                .containsExactly(EventType.CREATED, EventType.UPDATED, EventType.REMOVED));
    }

    @Test
    void aFailingListenerDoesNotKeepEventsFromAnother() {
        Recorder<String, String> failing = new Recorder<>(event -> {
            throw new IllegalStateException("the listener fails on " + event);
        });
        Recorder<String, String> other = new Recorder<>();
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(failing.asynchronous());
        cache.registerCacheEntryListener(other.asynchronous());

        cache.put("key", "first");
        cache.put("key", "second");

        await().untilAsserted(() -> assertThat(other.heard()).hasSize(2));
    }

    @Test
    void aListenerMayUseTheCache() {
        Cache<String, String> cache = fresh.strings();
        Recorder<String, String> recorder = new Recorder<>(event -> {
            if (event.key().equals("key")) {
                cache.put("copy", String.valueOf(cache.get("key")));
            }
        });
        cache.registerCacheEntryListener(recorder.asynchronous());

        cache.put("key", "value");

        await().untilAsserted(() -> assertThat(cache.get("copy")).isEqualTo("value"));
    }

    @Test
    void aDeregisteredListenerHearsNothingNew() {
        Recorder<String, String> recorder = new Recorder<>();
        Recorder<String, String> witness = new Recorder<>();
        Cache<String, String> cache = fresh.strings();
        CacheEntryListenerConfiguration<String, String> registration = recorder.asynchronous();
        cache.registerCacheEntryListener(registration);
        cache.registerCacheEntryListener(witness.asynchronous());
        cache.put("key", "first");
        await().until(() -> recorder.heard().size() == 1);

        cache.deregisterCacheEntryListener(registration);
        cache.put("key", "second");

        await().until(() -> witness.heard().size() == 2);
        assertThat(recorder.heard()).isEqualTo(List.of(Heard.created("key", "first")));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
