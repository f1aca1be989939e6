package dev.hypercache.conformance;

import static dev.hypercache.conformance.Counters.NONE;
import static dev.hypercache.conformance.Counters.of;
import static dev.hypercache.conformance.Row.onAbsent;
import static dev.hypercache.conformance.Row.onPresent;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of statistics of JSR-107, row by row: puts, removals, hits and misses of each operation. */
@Timeout(30)
final class StatisticsTableTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    static Stream<Row<Counters>> rows() {
        return Stream.of(plainRows(), conditionalRows(), bulkRows(), processorRows())
                .flatMap(rows -> rows);
    }

    private static Stream<Row<Counters>> plainRows() {
        return Stream.of(
                onAbsent("get", cache -> cache.get("key"), of(0, 0, 0, 1)),
                onPresent("get", cache -> cache.get("key"), of(0, 0, 1, 0)),
                onAbsent("containsKey", cache -> cache.containsKey("key"), NONE),
                onPresent("containsKey", cache -> cache.containsKey("key"), NONE),
                onAbsent("put", cache -> cache.put("key", "new"), of(1, 0, 0, 0)),
                onPresent("put", cache -> cache.put("key", "new"), of(1, 0, 0, 0)),
                onAbsent("getAndPut", cache -> cache.getAndPut("key", "new"), of(1, 0, 0, 1)),
                onPresent("getAndPut", cache -> cache.getAndPut("key", "new"), of(1, 0, 1, 0)),
                onAbsent("remove", cache -> cache.remove("key"), NONE),
                onPresent("remove", cache -> cache.remove("key"), of(0, 1, 0, 0)),
                onAbsent("getAndRemove", cache -> cache.getAndRemove("key"), of(0, 0, 0, 1)),
                onPresent("getAndRemove", cache -> cache.getAndRemove("key"), of(0, 1, 1, 0)),
                onPresent("clear", Cache::clear, NONE));
    }

    private static Stream<Row<Counters>> conditionalRows() {
        return Stream.of(
                onAbsent("putIfAbsent", cache -> cache.putIfAbsent("key", "new"), of(1, 0, 0, 1)),
                onPresent("putIfAbsent", cache -> cache.putIfAbsent("key", "new"), of(0, 0, 1, 0)),
                onAbsent("replace", cache -> cache.replace("key", "new"), of(0, 0, 0, 1)),
                onPresent("replace", cache -> cache.replace("key", "new"), of(1, 0, 1, 0)),
                onAbsent("replace of a value", cache -> cache.replace("key", "old", "new"), of(0, 0, 0, 1)),
                onPresent("replace of the value", cache -> cache.replace("key", "old", "new"), of(1, 0, 1, 0)),
                onPresent("replace of another value", cache -> cache.replace("key", "other", "new"), of(0, 0, 1, 0)),
                onAbsent("getAndReplace", cache -> cache.getAndReplace("key", "new"), of(0, 0, 0, 1)),
                onPresent("getAndReplace", cache -> cache.getAndReplace("key", "new"), of(1, 0, 1, 0)),
                onAbsent("remove of a value", cache -> cache.remove("key", "old"), of(0, 0, 0, 1)),
                onPresent("remove of the value", cache -> cache.remove("key", "old"), of(0, 1, 1, 0)),
                onPresent("remove of another value", cache -> cache.remove("key", "other"), of(0, 0, 1, 0)));
    }

    private static Stream<Row<Counters>> bulkRows() {
        return Stream.of(
                onPresent("getAll", cache -> cache.getAll(new HashSet<>(Set.of("key", "none"))), of(0, 0, 1, 1)),
                onPresent(
                        "putAll",
                        cache -> cache.putAll(new HashMap<>(Map.of("key", "new", "other", "first"))),
                        of(2, 0, 0, 0)),
                onAbsent("removeAll", Cache::removeAll, NONE),
                onPresent("removeAll", Cache::removeAll, of(0, 1, 0, 0)),
                onPresent(
                        "removeAll of keys",
                        cache -> cache.removeAll(new HashSet<>(Set.of("key", "none"))),
                        of(0, 1, 0, 0)),
                onPresent("iteration", cache -> cache.forEach(entry -> {}), of(0, 0, 1, 0)),
                onPresent("iterator.remove", StatisticsTableTest::removeByIterator, of(0, 1, 1, 0)));
    }

    private static Stream<Row<Counters>> processorRows() {
        return Stream.of(
                onAbsent("no-op processor", Processing::noOp, of(0, 0, 0, 1)),
                onPresent("no-op processor", Processing::noOp, of(0, 0, 1, 0)),
                onAbsent("reading processor", Processing::read, of(0, 0, 0, 1)),
                onPresent("reading processor", Processing::read, of(0, 0, 1, 0)),
                onAbsent("setting processor", Processing::set, of(1, 0, 0, 1)),
                onPresent("setting processor", Processing::set, of(1, 0, 1, 0)),
                onAbsent("twice setting processor", Processing::setTwice, of(1, 0, 0, 1)),
                onAbsent("removing processor", Processing::remove, of(0, 0, 0, 1)),
                onPresent("removing processor", Processing::remove, of(0, 1, 1, 0)),
                onAbsent("set-then-remove processor", Processing::setThenRemove, of(0, 0, 0, 1)),
                onPresent("set-then-remove processor", Processing::setThenRemove, of(0, 1, 1, 0)),
                onPresent("remove-then-set processor", Processing::removeThenSet, of(1, 0, 1, 0)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anOperationCountsExactlyThis(Row<Counters> row) {
        Cache<String, String> cache = counted();
        row.prepare(cache);
        Counters before = Counters.of(cache);

        row.action().accept(cache);

        assertThat(Counters.of(cache).minus(before)).isEqualTo(row.expected());
    }

    @Test
    void countsUnderThreadsAreExact() {
        Cache<String, String> cache = counted();
        Crowd.each(8, member -> () -> {
            for (int i = 0; i < 1_000; i++) {
                String key = member + "-" + i;
                cache.put(key, "value");
                cache.get(key);
                cache.get("none");
                cache.remove(key);
            }
        });
        assertThat(Counters.of(cache)).isEqualTo(of(8_000, 8_000, 8_000, 8_000));
    }

    @Test
    void percentagesAddUpAndAreZeroBeforeTheFirstRead() {
        Cache<String, String> cache = counted();
        CacheStatisticsMXBean bean = Counters.statistics(cache);
        assertThat(bean.getCacheHitPercentage()).isZero();
        assertThat(bean.getCacheMissPercentage()).isZero();

        cache.put("key", "value");
        cache.get("key");
        cache.get("key");
        cache.get("key");
        cache.get("none");

        assertThat(bean.getCacheHitPercentage()).isEqualTo(75f);
        assertThat(bean.getCacheMissPercentage()).isEqualTo(25f);
    }

    @Test
    void eachAverageIsOverItsOwnOperations() {
        Cache<String, String> cache = counted();
        for (int i = 0; i < 1_000; i++) {
            cache.put("key" + i, "value");
        }
        CacheStatisticsMXBean bean = Counters.statistics(cache);

        assertThat(bean.getAveragePutTime()).isPositive().isFinite();
        assertThat(bean.getAverageGetTime()).isZero();
        assertThat(bean.getAverageRemoveTime()).isZero();
    }

    private Cache<String, String> counted() {
        return fresh.cache(FreshManager.stringsConfiguration().setStatisticsEnabled(true));
    }

    private static void removeByIterator(Cache<String, String> cache) {
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        iterator.next();
        iterator.remove();
    }
}
