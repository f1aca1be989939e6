package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code loadAll} tells its listener once, when everything is in the cache, with no lock held. */
@Timeout(30)
final class CompletionListenerTest {

    private static final Set<String> KEYS = Set.of("a", "b", "c");

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final Told told = new Told(() -> {});

    @Test
    void completionComesOnceWhenEveryKeyIsThere() {
        Cache<String, String> cache = fresh.cache(Loader.ofEverything().configuration());
        List<Boolean> present = new CopyOnWriteArrayList<>();
        Told checking = new Told(() -> KEYS.forEach(key -> present.add(cache.containsKey(key))));

        cache.loadAll(KEYS, false, checking);

        checking.awaitExactly("completed");
        assertThat(present).hasSize(3).containsOnly(true);
    }

    @Test
    void completionComesAfterTheEventsOfASynchronousListener() {
        List<String> order = new CopyOnWriteArrayList<>();
        Recorder<String, String> recorder = new Recorder<>(event -> order.add("event"));
        Cache<String, String> cache = fresh.cache(
                Loader.ofEverything().configuration().addCacheEntryListenerConfiguration(recorder.synchronous()));

        cache.loadAll(KEYS, false, new Told(() -> order.add("completed")));

        await().untilAsserted(() -> assertThat(order).containsExactly("event", "event", "event", "completed"));
    }

    @Test
    void failureComesOnceWithALoaderException() {
        Loader failing = new Loader(key -> {
            throw new IllegalStateException("the loader fails");
        });
        Cache<String, String> cache = fresh.cache(failing.configuration());

        cache.loadAll(KEYS, false, told);

        told.awaitExactly("failed");
        assertThat(told.failures).hasSize(1);
        assertThat(told.failures.get(0))
                .isInstanceOf(CacheLoaderException.class)
                .hasRootCauseMessage("the loader fails");
    }

    @Test
    void withNothingToLoadCompletionComesToo() {
        Cache<String, String> cache = fresh.cache(Loader.ofEverything().configuration());

        cache.loadAll(new HashSet<>(), false, told);

        told.awaitExactly("completed");
    }

    @Test
    void withoutALoaderCompletionComesAndNothingIsThrown() {
        Cache<String, String> cache = fresh.strings();

        cache.loadAll(KEYS, false, told);
        cache.loadAll(KEYS, false, null);

        told.awaitExactly("completed");
    }

    @Test
    void theListenerMayUseTheCacheFromWhereverItRuns() {
        Cache<String, String> cache = fresh.cache(Loader.ofEverything().configuration());

        cache.loadAll(
                KEYS,
                false,
                new Told(() -> Crowd.each(1, member -> () -> {
                    cache.put("a", "changed");
                    cache.remove("b");
                })));

        await().untilAsserted(() ->
                assertThat(cache.getAll(new HashSet<>(Set.of("a")))).containsEntry("a", "changed"));
    }

    @Test
    void theCallersKeysAreNotTouchedAfterTheCallReturns() {
        Gate gate = new Gate();
        Loader held = new Loader(key -> {
            gate.pass();
            return "loaded";
        });
        Cache<String, String> cache = fresh.cache(held.configuration());
        Set<String> keys = new HashSet<>(KEYS);
        Thread loading = new Thread(() -> {
            cache.loadAll(keys, false, told);
            keys.clear();
        });
        loading.start();
        gate.awaitArrival();
        gate.open();

        told.awaitExactly("completed");
        assertThat(KEYS).allMatch(cache::containsKey);
    }

    @Test
    void everyOneOfManyLoadsIsAnswered() {
        Cache<String, String> cache = fresh.cache(Loader.ofEverything().configuration());
        List<Told> all = new ArrayList<>();
        IntStream.range(0, 200).forEach(i -> {
            Told one = new Told(() -> {});
            all.add(one);
            cache.loadAll(Set.of("key" + i, "shared"), i % 2 == 0, one);
        });

        await().untilAsserted(() -> assertThat(all).allMatch(one -> one.calls.equals(List.of("completed"))));
    }

    /** A completion listener that keeps what it was told. */
    private static final class Told implements CompletionListener {
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private final List<Exception> failures = new CopyOnWriteArrayList<>();
        private final Runnable then;

        Told(Runnable then) {
            this.then = then;
        }

        @Override
        public void onCompletion() {
            then.run();
            calls.add("completed");
        }

        @Override
        public void onException(Exception e) {
            failures.add(e);
            calls.add("failed");
        }

        void awaitExactly(String call) {
            await().until(() -> !calls.isEmpty());
            await().during(200, TimeUnit.MILLISECONDS)
                    .untilAsserted(() -> assertThat(calls).containsExactly(call));
        }
    }
}
