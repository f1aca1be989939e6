package dev.hypercache.conformance;

import static dev.hypercache.conformance.CountingPolicy.Calls.ACCESS;
import static dev.hypercache.conformance.CountingPolicy.Calls.CREATION;
import static dev.hypercache.conformance.CountingPolicy.Calls.NONE;
import static dev.hypercache.conformance.CountingPolicy.Calls.UPDATE;
import static dev.hypercache.conformance.Row.onAbsent;
import static dev.hypercache.conformance.Row.onPresent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.conformance.CountingPolicy.Calls;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of expiry policy calls of JSR-107, row by row, with exact counts. */
@Timeout(30)
final class ExpiryPolicyCallsTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    static Stream<Row<Calls>> rows() {
        return Stream.of(plainRows(), conditionalRows(), bulkRows(), processorRows())
                .flatMap(rows -> rows);
    }

    private static Stream<Row<Calls>> plainRows() {
        return Stream.of(
                onAbsent("get", cache -> cache.get("key"), NONE),
                onPresent("get", cache -> cache.get("key"), ACCESS),
                onPresent("containsKey", cache -> cache.containsKey("key"), NONE),
                onAbsent("put", cache -> cache.put("key", "new"), CREATION),
                onPresent("put", cache -> cache.put("key", "new"), UPDATE),
                onAbsent("getAndPut", cache -> cache.getAndPut("key", "new"), CREATION),
                onPresent("getAndPut", cache -> cache.getAndPut("key", "new"), UPDATE),
                onPresent("remove", cache -> cache.remove("key"), NONE),
                onAbsent("remove", cache -> cache.remove("key"), NONE),
                onPresent("getAndRemove", cache -> cache.getAndRemove("key"), NONE),
                onAbsent("getAndRemove", cache -> cache.getAndRemove("key"), NONE),
                onPresent("clear", Cache::clear, NONE));
    }

    private static Stream<Row<Calls>> conditionalRows() {
        return Stream.of(
                onAbsent("putIfAbsent", cache -> cache.putIfAbsent("key", "new"), CREATION),
                onPresent("putIfAbsent", cache -> cache.putIfAbsent("key", "new"), NONE),
                onAbsent("replace", cache -> cache.replace("key", "new"), NONE),
                onPresent("replace", cache -> cache.replace("key", "new"), UPDATE),
                onAbsent("replace of a value", cache -> cache.replace("key", "old", "new"), NONE),
                onPresent("replace of the value", cache -> cache.replace("key", "old", "new"), UPDATE),
                onPresent("replace of another value", cache -> cache.replace("key", "other", "new"), ACCESS),
                onAbsent("getAndReplace", cache -> cache.getAndReplace("key", "new"), NONE),
                onPresent("getAndReplace", cache -> cache.getAndReplace("key", "new"), UPDATE),
                onAbsent("remove of a value", cache -> cache.remove("key", "old"), NONE),
                onPresent("remove of the value", cache -> cache.remove("key", "old"), NONE),
                onPresent("remove of another value", cache -> cache.remove("key", "other"), ACCESS));
    }

    private static Stream<Row<Calls>> bulkRows() {
        return Stream.of(
                onPresent("getAll", cache -> cache.getAll(new HashSet<>(Set.of("key", "none"))), ACCESS),
                onPresent(
                        "putAll",
                        cache -> cache.putAll(new HashMap<>(Map.of("key", "new", "other", "first"))),
                        new Calls(1, 0, 1)),
                onPresent("removeAll", Cache::removeAll, NONE),
                onPresent("removeAll of keys", cache -> cache.removeAll(new HashSet<>(Set.of("key"))), NONE),
                onPresent("iteration", cache -> cache.forEach(entry -> {}), ACCESS),
                onPresent("iterator.remove", ExpiryPolicyCallsTest::removeByIterator, ACCESS));
    }

    private static Stream<Row<Calls>> processorRows() {
        return Stream.of(
                onAbsent("no-op processor", Processing::noOp, NONE),
                onPresent("no-op processor", Processing::noOp, NONE),
                onAbsent("reading processor", Processing::read, NONE),
                onPresent("reading processor", Processing::read, ACCESS),
                onAbsent("setting processor", Processing::set, CREATION),
                onPresent("setting processor", Processing::set, UPDATE),
                onAbsent("setting and reading processor", Processing::setTwice, CREATION),
                onPresent("setting and reading processor", Processing::setTwice, UPDATE),
                onPresent("removing processor", Processing::remove, NONE),
                onAbsent("set-then-remove processor", Processing::setThenRemove, NONE),
                onPresent("set-then-remove processor", Processing::setThenRemove, NONE));
    }

    static Stream<Row<Calls>> loadingRows() {
        return Stream.of(
                onAbsent("loading get", cache -> cache.get("key"), CREATION),
                onPresent("get", cache -> cache.get("key"), ACCESS),
                onAbsent("loading getAll", cache -> cache.getAll(new HashSet<>(Set.of("key"))), CREATION),
                onAbsent("loading processor", Processing::read, CREATION),
                onAbsent("loadAll", cache -> loadAll(cache, false), CREATION),
                onPresent("loadAll without replacement", cache -> loadAll(cache, false), NONE),
                onPresent("loadAll with replacement", cache -> loadAll(cache, true), UPDATE));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void thePolicyIsAskedExactlyThis(Row<Calls> row) {
        CountingPolicy policy = CountingPolicy.eternal();
        Cache<String, String> cache = fresh.cache(policy.configuration());
        row.prepare(cache);
        Calls before = policy.calls();

        row.action().accept(cache);

        assertThat(policy.calls().minus(before)).isEqualTo(row.expected());
    }

    @ParameterizedTest
    @MethodSource("loadingRows")
    void thePolicyIsAskedExactlyThisWhenALoaderIsThere(Row<Calls> row) {
        CountingPolicy policy = CountingPolicy.eternal();
        Cache<String, String> cache =
                fresh.cache(Loader.ofEverything().configuration().setExpiryPolicyFactory(() -> policy));
        row.prepare(cache);
        Calls before = policy.calls();

        row.action().accept(cache);

        assertThat(policy.calls().minus(before)).isEqualTo(row.expected());
    }

    private static void removeByIterator(Cache<String, String> cache) {
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        iterator.next();
        iterator.remove();
    }

    private static void loadAll(Cache<String, String> cache, boolean replace) {
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(new HashSet<>(Set.of("key")), replace, done);
        try {
            done.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
