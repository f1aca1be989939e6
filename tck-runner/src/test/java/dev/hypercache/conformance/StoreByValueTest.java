package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.configuration.OptionalFeature;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cache by value shares no mutable object with its callers; a cache by reference shares every one. */
@Timeout(30)
final class StoreByValueTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    static Stream<Named<UnaryOperator<Cache<String, List<Integer>>>>> writes() {
        return Stream.of(
                write("put", (cache, value) -> cache.put("key", value)),
                write("putAll", (cache, value) -> cache.putAll(Map.of("key", value))),
                write("putIfAbsent", (cache, value) -> cache.putIfAbsent("key", value)),
                write("getAndPut", (cache, value) -> cache.getAndPut("key", value)),
                write(
                        "invoke",
                        (cache, value) -> cache.invoke("key", (entry, arguments) -> {
                            entry.setValue(value);
                            return true;
                        })));
    }

    private static Named<UnaryOperator<Cache<String, List<Integer>>>> write(
            String name, BiConsumer<Cache<String, List<Integer>>, List<Integer>> write) {
        return Named.of(name, cache -> {
            List<Integer> value = new ArrayList<>(List.of(1));
            write.accept(cache, value);
            value.add(2);
            return cache;
        });
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whatTheCallerDoesToItsValueAfterwardsDoesNotReachTheCache(UnaryOperator<Cache<String, List<Integer>>> write) {
        assertThat(write.apply(lists(true)).get("key")).containsExactly(1);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void byReferenceItDoesWhereThatIsSupported(UnaryOperator<Cache<String, List<Integer>>> write) {
        if (!fresh.provider().isSupported(OptionalFeature.STORE_BY_REFERENCE)) {
            assertThatThrownBy(() -> lists(false))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("setStoreByValue(true)");
            return;
        }
        assertThat(write.apply(lists(false)).get("key")).containsExactly(1, 2);
    }

    @Test
    void whatTheCallerDoesToAValueThatItGotDoesNotReachTheCache() {
        Cache<String, List<Integer>> cache = lists(true);
        cache.put("key", new ArrayList<>(List.of(1)));

        cache.get("key").add(2);
        cache.getAll(new HashSet<>(Set.of("key"))).get("key").add(2);
        cache.iterator().next().getValue().add(2);

        assertThat(cache.get("key")).containsExactly(1);
    }

    @Test
    void whatAListenerDoesToAValueDoesNotReachTheCache() {
        Cache<String, List<Integer>> cache = lists(true);
        cache.registerCacheEntryListener(new Recorder<String, List<Integer>>(event -> {
                    if (event.value() instanceof List<?> list) {
                        list.clear();
                    }
                })
                .synchronous());

        cache.put("key", new ArrayList<>(List.of(1)));

        assertThat(cache.get("key")).containsExactly(1);
    }

    @Test
    void aMutableKeyIsCopiedOnPut() {
        Cache<Date, String> cache =
                fresh.cache(new MutableConfiguration<Date, String>().setTypes(Date.class, String.class));
        Date key = new Date(1);
        cache.put(key, "value");

        key.setTime(2);

        assertThat(cache.get(new Date(1))).isEqualTo("value");
        assertThat(cache.containsKey(new Date(2))).isFalse();
    }

    @Test
    void aLoadedValueIsCopiedToo() {
        List<Integer> source = new ArrayList<>(List.of(1));
        Cache<String, Object> cache = fresh.cache(new MutableConfiguration<String, Object>()
                .setTypes(String.class, Object.class)
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> new SharedSource(source)));
        cache.get("key");

        source.add(2);

        assertThat(cache.get("key")).isEqualTo(List.of(1));
    }

    @Test
    void aValueOfAMegabyteComesBackWhole() {
        Cache<String, byte[]> cache =
                fresh.cache(new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
        byte[] large = new byte[1 << 20];
        large[large.length - 1] = 7;

        cache.put("key", large);

        assertThat(cache.get("key")).isEqualTo(large).isNotSameAs(large);
    }

    @Test
    void aRecordWithNestedCollectionsComesBackEqual() {
        Cache<String, Basket> cache =
                fresh.cache(new MutableConfiguration<String, Basket>().setTypes(String.class, Basket.class));
        Basket basket = new Basket("customer", List.of("a", "b"), new int[] {1, 2});

        cache.put("key", basket);

        Basket copy = cache.get("key");
        assertThat(copy.customer()).isEqualTo("customer");
        assertThat(copy.items()).isEqualTo(basket.items());
        assertThat(copy.counts()).containsExactly(1, 2).isNotSameAs(basket.counts());
    }

    private Cache<String, List<Integer>> lists(boolean byValue) {
        return fresh.cache(new MutableConfiguration<String, List<Integer>>().setStoreByValue(byValue));
    }

    private record Basket(String customer, List<String> items, int[] counts) implements Serializable {}

    private record SharedSource(List<Integer> source) implements CacheLoader<String, Object> {
        @Override
        public Object load(String key) {
            return source;
        }

        @Override
        public Map<String, Object> loadAll(Iterable<? extends String> keys) {
            return Map.of("key", source);
        }
    }
}
