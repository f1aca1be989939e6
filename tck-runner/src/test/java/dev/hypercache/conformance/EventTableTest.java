package dev.hypercache.conformance;

import static dev.hypercache.conformance.Heard.created;
import static dev.hypercache.conformance.Heard.removed;
import static dev.hypercache.conformance.Heard.updated;
import static dev.hypercache.conformance.Row.onAbsent;
import static dev.hypercache.conformance.Row.onPresent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of events of JSR-107, row by row: which operation fires which event with which values. */
@Timeout(30)
final class EventTableTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    static Stream<Row<List<Heard>>> rows() {
        return Stream.of(plainRows(), conditionalRows(), bulkRows(), processorRows())
                .flatMap(rows -> rows);
    }

    private static Stream<Row<List<Heard>>> plainRows() {
        return Stream.of(
                onAbsent("get", cache -> cache.get("key"), List.of()),
                onPresent("get", cache -> cache.get("key"), List.of()),
                onPresent("containsKey", cache -> cache.containsKey("key"), List.of()),
                onAbsent("put", cache -> cache.put("key", "new"), List.of(created("key", "new"))),
                onPresent("put", cache -> cache.put("key", "new"), List.of(updated("key", "new", "old"))),
                onPresent(
                        "put of an equal value",
                        cache -> cache.put("key", "old"),
                        List.of(updated("key", "old", "old"))),
                onAbsent("getAndPut", cache -> cache.getAndPut("key", "new"), List.of(created("key", "new"))),
                onPresent("getAndPut", cache -> cache.getAndPut("key", "new"), List.of(updated("key", "new", "old"))),
                onAbsent("remove", cache -> cache.remove("key"), List.of()),
                onPresent("remove", cache -> cache.remove("key"), List.of(removed("key", "old"))),
                onAbsent("getAndRemove", cache -> cache.getAndRemove("key"), List.of()),
                onPresent("getAndRemove", cache -> cache.getAndRemove("key"), List.of(removed("key", "old"))),
                onPresent("clear", Cache::clear, List.of()));
    }

    private static Stream<Row<List<Heard>>> conditionalRows() {
        return Stream.of(
                onAbsent("putIfAbsent", cache -> cache.putIfAbsent("key", "new"), List.of(created("key", "new"))),
                onPresent("putIfAbsent", cache -> cache.putIfAbsent("key", "new"), List.of()),
                onAbsent("replace", cache -> cache.replace("key", "new"), List.of()),
                onPresent("replace", cache -> cache.replace("key", "new"), List.of(updated("key", "new", "old"))),
                onAbsent("replace of a value", cache -> cache.replace("key", "old", "new"), List.of()),
                onPresent(
                        "replace of the value",
                        cache -> cache.replace("key", "old", "new"),
                        List.of(updated("key", "new", "old"))),
                onPresent("replace of another value", cache -> cache.replace("key", "other", "new"), List.of()),
                onAbsent("getAndReplace", cache -> cache.getAndReplace("key", "new"), List.of()),
                onPresent(
                        "getAndReplace",
                        cache -> cache.getAndReplace("key", "new"),
                        List.of(updated("key", "new", "old"))),
                onAbsent("remove of a value", cache -> cache.remove("key", "old"), List.of()),
                onPresent("remove of the value", cache -> cache.remove("key", "old"), List.of(removed("key", "old"))),
                onPresent("remove of another value", cache -> cache.remove("key", "other"), List.of()));
    }

    private static Stream<Row<List<Heard>>> bulkRows() {
        return Stream.of(
                onPresent("getAll", cache -> cache.getAll(new HashSet<>(Set.of("key", "none"))), List.of()),
                onPresent(
                        "putAll",
                        cache -> cache.putAll(new HashMap<>(Map.of("key", "new", "other", "first"))),
                        List.of(updated("key", "new", "old"), created("other", "first"))),
                onPresent("removeAll", Cache::removeAll, List.of(removed("key", "old"))),
                onAbsent("removeAll", Cache::removeAll, List.of()),
                onPresent(
                        "removeAll of keys",
                        cache -> cache.removeAll(new HashSet<>(Set.of("key", "none"))),
                        List.of(removed("key", "old"))),
                onPresent("iteration", cache -> cache.forEach(entry -> {}), List.of()),
                onPresent("iterator.remove", EventTableTest::removeByIterator, List.of(removed("key", "old"))));
    }

    private static Stream<Row<List<Heard>>> processorRows() {
        return Stream.of(
                onAbsent("no-op processor", cache -> Processing.noOp(cache), List.of()),
                onPresent("reading processor", cache -> Processing.read(cache), List.of()),
                onAbsent("setting processor", cache -> Processing.set(cache), List.of(created("key", "new"))),
                onPresent("setting processor", cache -> Processing.set(cache), List.of(updated("key", "new", "old"))),
                onAbsent("removing processor", cache -> Processing.remove(cache), List.of()),
                onPresent("removing processor", cache -> Processing.remove(cache), List.of(removed("key", "old"))),
                onAbsent("set-then-remove processor", cache -> Processing.setThenRemove(cache), List.of()),
                onPresent(
                        "set-then-remove processor",
                        cache -> Processing.setThenRemove(cache),
                        List.of(removed("key", "old"))),
                onPresent(
                        "remove-then-set processor",
                        cache -> Processing.removeThenSet(cache),
                        List.of(updated("key", "new", "old"))),
                onAbsent(
                        "twice setting processor", cache -> Processing.setTwice(cache), List.of(created("key", "new"))),
                onPresent("failing processor", cache -> Processing.setThenFail(cache), List.of()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aSynchronousListenerHasHeardItWhenTheOperationReturns(Row<List<Heard>> row) {
        Recorder<String, String> recorder = new Recorder<>();
        Cache<String, String> cache = fresh.strings();
        row.prepare(cache);
        cache.registerCacheEntryListener(recorder.synchronous());

        row.action().accept(cache);

        assertThat(recorder.heard()).containsExactlyInAnyOrderElementsOf(row.expected());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anAsynchronousListenerHearsTheSame(Row<List<Heard>> row) {
        Recorder<String, String> recorder = new Recorder<>();
        Cache<String, String> cache = fresh.strings();
        row.prepare(cache);
        cache.registerCacheEntryListener(recorder.asynchronous());

        row.action().accept(cache);
        cache.put("last", "value");

        await().until(() -> !recorder.heardOf("last").isEmpty()
                && recorder.heard().size() > row.expected().size());
        assertThat(recorder.heard().stream().filter(event -> !event.key().equals("last")))
                .containsExactlyInAnyOrderElementsOf(row.expected());
    }

    private static void removeByIterator(Cache<String, String> cache) {
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        iterator.next();
        iterator.remove();
    }
}
