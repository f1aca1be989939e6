package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Read-through where the TCK does not look: failures, odd answers, mixed sets. */
@Timeout(30)
final class LoadingTest {

    private static final Set<String> MIXED = new HashSet<>(Set.of("present", "absent"));

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final Loader failing = new Loader(key -> {
        throw new IllegalStateException("the loader fails");
    });

    @Test
    void aFailureInGetAllIsALoaderExceptionAndCachesNothing() {
        Cache<String, String> cache = fresh.cache(failing.configuration());
        cache.put("present", "value");

        assertThatThrownBy(() -> cache.getAll(MIXED))
                .isInstanceOf(CacheLoaderException.class)
                .hasRootCauseMessage("the loader fails");

        assertThat(cache.containsKey("absent")).isFalse();
        assertThat(cache.get("present")).isEqualTo("value");
    }

    @Test
    void aFailureInAProcessorIsAProcessorExceptionWithTheCauseAndCachesNothing() {
        Cache<String, String> cache = fresh.cache(failing.configuration());

        assertThatThrownBy(() -> cache.invoke("absent", (entry, arguments) -> entry.getValue()))
                .isInstanceOf(EntryProcessorException.class)
                .hasRootCauseMessage("the loader fails");

        assertThat(cache.containsKey("absent")).isFalse();
    }

    @Test
    void theNextGetAfterAFailureLoadsAgain() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Loader loader = new Loader(key -> {
            if (broken.get()) {
                throw new IllegalStateException("the loader fails");
            }
            return "loaded";
        });
        Cache<String, String> cache = fresh.cache(loader.configuration());

        assertThatThrownBy(() -> cache.get("key")).isInstanceOf(CacheLoaderException.class);
        broken.set(false);

        assertThat(cache.get("key")).isEqualTo("loaded");
    }

    @Test
    void anExceptionOfTheRightTypeIsNotWrappedAgain() {
        CacheLoaderException thrown = new CacheLoaderException("the loader fails");
        Cache<String, String> cache = fresh.cache(new Loader(key -> {
                    throw thrown;
                })
                .configuration());

        assertThatThrownBy(() -> cache.get("key")).isSameAs(thrown);
    }

    @Test
    void nullFromTheLoaderIsAbsentForGetGetAllAndProcessors() {
        Loader nothing = new Loader(key -> null);
        Cache<String, String> cache = fresh.cache(nothing.configuration());

        assertThat(cache.get("key")).isNull();
        assertThat(cache.getAll(MIXED)).isEmpty();
        assertThat(cache.<String>invoke("key", (entry, arguments) -> entry.getValue() + ", exists: " + entry.exists()))
                .isEqualTo("null, exists: false");
        assertThat(cache.iterator().hasNext()).isFalse();
    }

    @Test
    void keysThatNobodyAskedForAreNeitherReturnedNorCached() {
        CacheLoader<String, String> generous = new CacheLoader<>() {
            @Override
            public String load(String key) {
                return "loaded";
            }

            @Override
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                Map<String, String> loaded = new HashMap<>(Map.of("extra", "unasked"));
                keys.forEach(key -> loaded.put(key, "loaded"));
                return loaded;
            }
        };
        Cache<String, String> cache = fresh.cache(
                FreshManager.stringsConfiguration().setReadThrough(true).setCacheLoaderFactory(() -> generous));

        assertThat(cache.getAll(MIXED)).containsOnlyKeys(MIXED);
        assertThat(cache.containsKey("extra")).isFalse();
    }

    @Test
    void nullForTheWholeMapIsAFailureOrNothingButNeverAnEntry() {
        CacheLoader<String, String> nothing = new CacheLoader<>() {
            @Override
            public String load(String key) {
                return "loaded";
            }

            @Override
            @SuppressWarnings("NullAway")
            public Map<String, String> loadAll(Iterable<? extends String> keys) {
                return null;
            }
        };
        Cache<String, String> cache = fresh.cache(
                FreshManager.stringsConfiguration().setReadThrough(true).setCacheLoaderFactory(() -> nothing));

        assertThatThrownBy(() -> assertThat(cache.getAll(MIXED)).isNotEmpty())
                .isInstanceOfAny(CacheLoaderException.class, AssertionError.class);
        assertThat(cache.iterator().hasNext()).isFalse();
    }

    @Test
    void getAllAsksTheLoaderForMissingKeysOnly() {
        Loader loader = Loader.ofEverything();
        Cache<String, String> cache = fresh.cache(loader.configuration());
        cache.put("present", "value");

        assertThat(cache.getAll(MIXED)).isEqualTo(Map.of("present", "value", "absent", "loaded:absent"));
        assertThat(loader.asked()).containsExactly("absent");
    }

    @Test
    void loadAllLeavesPresentValuesAloneUnlessToldOtherwise() throws Exception {
        Loader loader = Loader.ofEverything();
        Cache<String, String> cache = fresh.cache(loader.configuration());
        cache.put("present", "value");
        loadAll(cache, MIXED, false);

        assertThat(cache.getAll(MIXED)).isEqualTo(Map.of("present", "value", "absent", "loaded:absent"));
        assertThat(loader.asked()).containsExactly("absent");

        loadAll(cache, MIXED, true);
        assertThat(cache.getAll(MIXED)).isEqualTo(Map.of("present", "loaded:present", "absent", "loaded:absent"));
    }

    @Test
    void nullInLoadAllWithReplacementLeavesThePresentValue() throws Exception {
        Cache<String, String> cache = fresh.cache(new Loader(key -> null).configuration());
        cache.put("present", "value");

        loadAll(cache, MIXED, true);

        assertThat(cache.get("present")).isEqualTo("value");
    }

    @Test
    void loadedValuesFireCreatedAndUpdatedAndAreNotWritten() throws Exception {
        Recorder<String, String> recorder = new Recorder<>();
        Writer writer = new Writer();
        Cache<String, String> cache = fresh.cache(Loader.ofEverything()
                .configuration()
                .setWriteThrough(true)
                .setCacheWriterFactory(() -> writer)
                .addCacheEntryListenerConfiguration(recorder.synchronous()));
        cache.get("a");
        cache.getAll(new HashSet<>(Set.of("b")));
        loadAll(cache, new HashSet<>(Set.of("c")), false);
        loadAll(cache, new HashSet<>(Set.of("c")), true);

        assertThat(recorder.heard())
                .containsExactly(
                        Heard.created("a", "loaded:a"),
                        Heard.created("b", "loaded:b"),
                        Heard.created("c", "loaded:c"),
                        Heard.updated("c", "loaded:c", "loaded:c"));
        assertThat(writer.calls()).isEqualTo(List.of());
    }

    @Test
    void aProcessorThatLoadsThenRemovesLeavesNothingAndDeletes() {
        Writer writer = new Writer();
        Cache<String, String> cache = fresh.cache(
                Loader.ofEverything().configuration().setWriteThrough(true).setCacheWriterFactory(() -> writer));
        String loaded = cache.invoke("key", (entry, arguments) -> {
            String value = entry.getValue();
            entry.remove();
            return value;
        });

        assertThat(loaded).isEqualTo("loaded:key");
        assertThat(cache.containsKey("key")).isFalse();
        assertThat(writer.calls()).containsExactly("delete key");
    }

    private static void loadAll(Cache<String, String> cache, Set<String> keys, boolean replace) throws Exception {
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(keys, replace, done);
        done.get();
    }
}
