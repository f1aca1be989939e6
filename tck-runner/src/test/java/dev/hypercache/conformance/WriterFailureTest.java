package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A writer that fails leaves the cache as it was, in every operation that writes. */
@Timeout(30)
final class WriterFailureTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    /** The rows expect what {@code key} holds afterwards. */
    static Stream<Row<String>> singleWrites() {
        return Stream.of(
                Row.onAbsent("put", cache -> cache.put("key", "new"), ""),
                Row.onPresent("put", cache -> cache.put("key", "new"), "old"),
                Row.onAbsent("getAndPut", cache -> cache.getAndPut("key", "new"), ""),
                Row.onPresent("getAndPut", cache -> cache.getAndPut("key", "new"), "old"),
                Row.onAbsent("putIfAbsent", cache -> cache.putIfAbsent("key", "new"), ""),
                Row.onPresent("replace", cache -> cache.replace("key", "new"), "old"),
                Row.onPresent("replace of the value", cache -> cache.replace("key", "old", "new"), "old"),
                Row.onPresent("getAndReplace", cache -> cache.getAndReplace("key", "new"), "old"),
                Row.onPresent("remove", cache -> cache.remove("key"), "old"),
                Row.onAbsent("remove", cache -> cache.remove("key"), ""),
                Row.onPresent("remove of the value", cache -> cache.remove("key", "old"), "old"),
                Row.onPresent("getAndRemove", cache -> cache.getAndRemove("key"), "old"),
                Row.onPresent("iterator.remove", WriterFailureTest::removeByIterator, "old"),
                Row.onAbsent("putAll", cache -> cache.putAll(new HashMap<>(Map.of("key", "new"))), ""),
                Row.onPresent("putAll", cache -> cache.putAll(new HashMap<>(Map.of("key", "new"))), "old"),
                Row.onPresent("removeAll", Cache::removeAll, "old"),
                Row.onPresent("removeAll of keys", cache -> cache.removeAll(new HashSet<>(Set.of("key"))), "old"));
    }

    static Stream<Row<String>> processors() {
        return Stream.of(
                Row.onAbsent("setting processor", Processing::set, ""),
                Row.onPresent("setting processor", Processing::set, "old"),
                Row.onPresent("removing processor", Processing::remove, "old"),
                Row.onPresent("remove-then-set processor", Processing::removeThenSet, "old"));
    }

    @ParameterizedTest
    @MethodSource("singleWrites")
    void theCallerGetsAWriterExceptionAndTheEntryIsAsBefore(Row<String> row) {
        Writer writer = new Writer();
        Recorder<String, String> recorder = new Recorder<>();
        Cache<String, String> cache = prepared(row, writer, recorder);
        Counters before = Counters.of(cache);

        assertThatThrownBy(() -> row.action().accept(cache))
                .isInstanceOf(CacheWriterException.class)
                .hasRootCauseMessage("the writer fails");

        assertUnchanged(row, cache, recorder, before);
    }

    @ParameterizedTest
    @MethodSource("singleWrites")
    void anExceptionOfTheRightTypeIsNotSwallowedNorWrappedAgain(Row<String> row) {
        CacheWriterException thrown = new CacheWriterException("the writer fails");
        Writer writer = new Writer(thrown);
        Recorder<String, String> recorder = new Recorder<>();
        Cache<String, String> cache = prepared(row, writer, recorder);
        Counters before = Counters.of(cache);

        assertThatThrownBy(() -> row.action().accept(cache)).isSameAs(thrown);

        assertUnchanged(row, cache, recorder, before);
    }

    @ParameterizedTest
    @MethodSource("processors")
    void aFailureInAProcessorIsACacheExceptionWithTheCauseAndTheEntryIsAsBefore(Row<String> row) {
        Writer writer = new Writer();
        Recorder<String, String> recorder = new Recorder<>();
        Cache<String, String> cache = prepared(row, writer, recorder);
        Counters before = Counters.of(cache);

        assertThatThrownBy(() -> row.action().accept(cache))
                .isInstanceOfAny(CacheWriterException.class, EntryProcessorException.class)
                .hasRootCauseMessage("the writer fails");

        assertUnchanged(row, cache, recorder, before);
    }

    @Test
    void invokeAllKeepsTheFailureInTheResultOfItsKey() {
        Writer writer = new Writer();
        Cache<String, String> cache = fresh.cache(writer.configuration());
        writer.failFor("bad");

        Map<String, EntryProcessorResult<String>> results =
                cache.invokeAll(new HashSet<>(Set.of("good", "bad")), (entry, arguments) -> {
                    entry.setValue("new");
                    return "done";
                });

        assertThat(results.get("good").get()).isEqualTo("done");
        assertThatThrownBy(() -> results.get("bad").get()).hasRootCauseMessage("the writer fails");
        assertThat(cache.containsKey("good")).isTrue();
        assertThat(cache.containsKey("bad")).isFalse();
    }

    @Test
    void operationsThatDoNotMatchDoNotAskTheWriter() {
        Writer writer = new Writer();
        Cache<String, String> cache = fresh.cache(writer.configuration());
        cache.put("key", "old");

        cache.putIfAbsent("key", "new");
        cache.replace("none", "new");
        cache.replace("key", "other", "new");
        cache.getAndReplace("none", "new");
        cache.remove("key", "other");
        cache.clear();
        cache.removeAll();

        assertThat(writer.calls()).isEqualTo(List.of("write key=old"));
    }

    private Cache<String, String> prepared(Row<String> row, Writer writer, Recorder<String, String> recorder) {
        Cache<String, String> cache = fresh.cache(writer.configuration().setStatisticsEnabled(true));
        row.prepare(cache);
        cache.registerCacheEntryListener(recorder.synchronous());
        writer.failFor("key");
        return cache;
    }

    /** Nothing was put or removed; whether the read half of an operation counts is not specified. */
    private static void assertUnchanged(
            Row<String> row, Cache<String, String> cache, Recorder<String, String> recorder, Counters before) {
        Counters since = Counters.of(cache).minus(before);
        assertThat(List.of(since.puts(), since.removals())).as("puts, removals").containsOnly(0L);
        assertThat(recorder.heard()).isEmpty();
        String value = cache.get("key");
        assertThat(value == null ? "" : value).isEqualTo(row.expected());
    }

    private static void removeByIterator(Cache<String, String> cache) {
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        iterator.next();
        iterator.remove();
    }
}
