package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a writer leaves in the collection of a batch has failed; the rest is done. */
@Timeout(30)
final class WriterBatchTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final Writer writer = new Writer(new CacheWriterException("the writer fails"));

    @Test
    void putAllKeepsWhatWasWrittenAndThrows() {
        Recorder<String, String> recorder = new Recorder<>();
        Cache<String, String> cache = fresh.cache(writer.configuration()
                .setStatisticsEnabled(true)
                .addCacheEntryListenerConfiguration(recorder.synchronous()));
        writer.failFor("bad");

        assertThatThrownBy(() -> cache.putAll(Map.of("bad", "1", "good", "2", "fine", "3")))
                .isInstanceOf(CacheWriterException.class);

        assertThat(keys(cache)).containsExactlyInAnyOrder("good", "fine");
        assertThat(writer.store()).isEqualTo(Map.of("good", "2", "fine", "3"));
        assertThat(Counters.of(cache).puts()).isEqualTo(2);
        assertThat(recorder.heard()).containsExactlyInAnyOrder(Heard.created("good", "2"), Heard.created("fine", "3"));
    }

    @Test
    void putAllLeavesTheOldValueOfWhatFailed() {
        Cache<String, String> cache = fresh.cache(writer.configuration());
        cache.putAll(Map.of("bad", "old", "good", "old"));
        writer.failFor("bad");

        assertThatThrownBy(() -> cache.putAll(Map.of("bad", "new", "good", "new")))
                .isInstanceOf(CacheWriterException.class);

        assertThat(cache.get("bad")).isEqualTo("old");
        assertThat(cache.get("good")).isEqualTo("new");
    }

    @Test
    void removeAllOfKeysKeepsWhatFailed() {
        Cache<String, String> cache = filled();
        writer.failFor("bad");

        assertThatThrownBy(() -> cache.removeAll(new HashSet<>(Set.of("bad", "good"))))
                .isInstanceOf(CacheWriterException.class);

        assertThat(keys(cache)).containsExactlyInAnyOrder("bad", "fine");
        assertThat(Counters.of(cache).removals()).isEqualTo(1);
    }

    @Test
    void removeAllKeepsWhatFailed() {
        Cache<String, String> cache = filled();
        writer.failFor("bad");

        assertThatThrownBy(cache::removeAll).isInstanceOf(CacheWriterException.class);

        assertThat(keys(cache)).containsExactly("bad");
        assertThat(Counters.of(cache).removals()).isEqualTo(2);
    }

    @Test
    void deleteAllThatReturnsHasDeletedEverythingThoughItsCollectionIsFull() {
        Cache<String, String> cache = fresh.cache(
                FreshManager.stringsConfiguration().setWriteThrough(true).setCacheWriterFactory(CarelessWriter::new));
        cache.putAll(Map.of("a", "1", "b", "2"));
        cache.removeAll(new HashSet<>(Set.of("a")));
        assertThat(keys(cache)).containsExactly("b");

        cache.removeAll();
        assertThat(keys(cache)).isEmpty();
    }

    @Test
    void writeAllThatReturnsHasWrittenEverythingThoughItsCollectionIsFull() {
        Cache<String, String> cache = fresh.cache(
                FreshManager.stringsConfiguration().setWriteThrough(true).setCacheWriterFactory(CarelessWriter::new));

        cache.putAll(Map.of("a", "1", "b", "2"));

        assertThat(keys(cache)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void writesAreSeenByTheStoreInTheOrderOfTheCache() {
        Cache<String, String> cache = fresh.cache(writer.configuration());
        Set<String> keys = Set.of("a", "b", "c");
        Crowd.each(
                8,
                member -> () -> IntStream.range(0, 500).forEach(i -> {
                    for (String key : keys) {
                        change(cache, key, member, i);
                    }
                }));

        Map<String, String> cached =
                keys.stream().filter(cache::containsKey).collect(Collectors.toMap(Function.identity(), cache::get));
        assertThat(writer.store()).isEqualTo(cached);
    }

    @Test
    void eachWriteOfAKeyComesInTheOrderOfItsEvents() {
        Recorder<String, String> recorder = new Recorder<>();
        Cache<String, String> cache =
                fresh.cache(writer.configuration().addCacheEntryListenerConfiguration(recorder.synchronous()));
        Crowd.each(4, member -> () -> IntStream.range(0, 250).forEach(i -> cache.put("key", member + "-" + i)));

        assertThat(recorder.heard().stream().map(event -> "write key=" + event.value()))
                .containsExactlyElementsOf(writer.calls());
    }

    private static void change(Cache<String, String> cache, String key, int member, int i) {
        String value = member + "-" + i;
        switch ((member + i) % 5) {
            case 0 -> cache.put(key, value);
            case 1 -> cache.remove(key);
            case 2 -> cache.putAll(new HashMap<>(Map.of(key, value)));
            case 3 -> cache.removeAll(new HashSet<>(Set.of(key)));
            default ->
                cache.invoke(key, (entry, arguments) -> {
                    entry.setValue(value);
                    return null;
                });
        }
    }

    private Cache<String, String> filled() {
        Cache<String, String> cache = fresh.cache(writer.configuration().setStatisticsEnabled(true));
        cache.putAll(Map.of("bad", "1", "good", "2", "fine", "3"));
        return cache;
    }

    private static Set<String> keys(Cache<String, String> cache) {
        Set<String> keys = new HashSet<>();
        cache.forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    /** Writes everything and takes nothing out of the collection that it is given. */
    private static final class CarelessWriter implements CacheWriter<String, String> {
        @Override
        public void write(Cache.Entry<? extends String, ? extends String> entry) {}

        @Override
        public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {}

        @Override
        public void delete(Object key) {}

        @Override
        public void deleteAll(Collection<?> keys) {}
    }
}
