package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.EventType;
import javax.cache.integration.CacheWriter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of processors, writers and loads whose entry changes while they are at work. */
@Timeout(60)
final class OvertakenHoldersTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final Gate gate = new Gate();

    static Stream<Named<Consumer<Cache<String, String>>>> clears() {
        return Stream.of(Named.of("clear", Cache::clear), Named.of("removeAll", Cache::removeAll));
    }

    @ParameterizedTest
    @MethodSource("clears")
    void aProcessorThatAClearOvertakesRunsAgain(Consumer<Cache<String, String>> clear) throws Exception {
        Cache<String, String> cache = fresh.strings();
        AtomicInteger runs = new AtomicInteger();
        CompletableFuture<String> computed = Aside.supply(() -> cache.invoke("key", (entry, none) -> {
            int run = runs.incrementAndGet();
            if (run == 1) {
                gate.pass();
            }
            entry.setValue("computed in run " + run);
            return entry.getValue();
        }));
        gate.awaitArrival();
        clear.accept(cache);
        gate.open();

        assertThat(computed.get(20, TimeUnit.SECONDS)).isEqualTo("computed in run 2");
        assertThat(cache.get("key")).isEqualTo("computed in run 2");
    }

    @Test
    void aReplaceWhoseEntryIsClearedWhileItIsWrittenAnswersWhatWasWritten() throws Exception {
        GatedWriter writer = new GatedWriter();
        Cache<String, String> cache = fresh.cache(
                FreshManager.stringsConfiguration().setWriteThrough(true).setCacheWriterFactory(() -> writer));
        cache.put("key", "old");
        CompletableFuture<Boolean> replaced = Aside.supply(() -> cache.replace("key", "gated"));
        gate.awaitArrival();
        cache.clear();
        gate.open();

        assertThat(replaced.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(writer.store).containsEntry("key", "gated");
        assertThat(cache.get("key")).as("the old value must not come back").isNotEqualTo("old");
    }

    @Test
    void aWriteDoesNotWaitForASlowLoadOfItsKey() throws Exception {
        Writer writer = new Writer();
        Loader loader = new Loader(key -> {
            gate.pass();
            return "loaded";
        });
        Cache<String, String> cache =
                fresh.cache(loader.configuration().setWriteThrough(true).setCacheWriterFactory(() -> writer));
        CompletableFuture<String> loaded = Aside.supply(() -> cache.get("key"));
        gate.awaitArrival();
        cache.put("key", "written");
        assertThat(loaded).isNotDone();
        gate.open();

        assertThat(loaded.get(20, TimeUnit.SECONDS)).isEqualTo("loaded");
        assertThat(cache.get("key")).isEqualTo("written");
    }

    @Test
    void cacheAndStoreAgreeWhenAProcessorWritesPastAnotherOne() throws Exception {
        Writer writer = new Writer();
        Cache<String, String> cache = fresh.cache(writer.configuration());
        CompletableFuture<Void> first = Aside.run(() -> cache.invoke("key", (entry, none) -> {
            gate.pass();
            entry.setValue("first");
            return null;
        }));
        gate.awaitArrival();
        cache.invoke("other", (entry, none) -> {
            cache.put("key", "past the first");
            return null;
        });
        gate.open();
        first.get(20, TimeUnit.SECONDS);

        String cached = cache.get("key");
        assertThat(cached == null || cached.equals(writer.store().get("key")))
                .as("cached %s, stored %s", cached, writer.store())
                .isTrue();
    }

    @Test
    void whatAProcessorLoadsIsNoPut() {
        Cache<String, String> cache =
                fresh.cache(Loader.ofEverything().configuration().setStatisticsEnabled(true));
        String loaded = cache.invoke("key", (entry, none) -> entry.getValue());

        assertThat(loaded).isNotNull();
        assertThat(cache.containsKey("key")).isTrue();
        assertThat(Counters.of(cache)).isEqualTo(Counters.of(0, 0, 0, 1));
    }

    @Test
    void aKeyThatItsCallerChangesAfterwardsChangesNoEvent() {
        Recorder<List<String>, String> recorder = new Recorder<>();
        Cache<List<String>, String> cache = fresh.cache(new MutableConfiguration<List<String>, String>()
                .addCacheEntryListenerConfiguration(recorder.asynchronous()));
        for (int i = 0; i < 100; i++) {
            List<String> key = new ArrayList<>(List.of("key" + i));
            cache.put(key, "value");
            cache.remove(key);
            key.add("changed");
        }

        Awaitility.await()
                .untilAsserted(() -> assertThat(recorder.heard(EventType.REMOVED))
                        .hasSize(100)
                        .allSatisfy(heard -> assertThat((List<?>) heard.key()).hasSize(1)));
    }

    /** A writer into a map that waits at the gate with the value {@code gated}. */
    private final class GatedWriter implements CacheWriter<String, String> {

        private final Map<String, String> store = new ConcurrentHashMap<>();

        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {
            if (entry.getValue().equals("gated")) {
                gate.pass();
            }
            store.put(entry.getKey(), entry.getValue());
        }

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
            entries.forEach(this::write);
            entries.clear();
        }

        @Override
        public void delete(Object key) {
            store.remove(key);
        }

        @Override
        public void deleteAll(Collection<?> keys) {
            keys.forEach(this::delete);
            keys.clear();
        }
    }
}
