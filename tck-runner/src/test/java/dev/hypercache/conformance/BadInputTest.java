package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input: the exception that the specification names, and a message with the input, the rule and the remedy. */
@Timeout(30)
final class BadInputTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @Test
    void anUnknownConfigurationKeyIsRefusedWithTheNearestKnownOne() {
        assertThatThrownBy(() -> managerWith("hypercache.cache.orders.max.entires", "10"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("hypercache.cache.orders.max.entires")
                .hasMessageContaining("max.entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", ""})
    void aValueOutOfRangeIsRefusedWithKeyValueAndRange(String value) {
        assertThatThrownBy(() -> managerWith("hypercache.cache.orders.max.entries", value))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("hypercache.cache.orders.max.entries")
                .hasMessageContaining("'" + value + "'")
                .hasMessageContaining("1");
    }

    @Test
    void everyProblemOfAConfigurationIsReportedAtOnce() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.request.timeout", "soon");
        properties.setProperty("hypercache.unknown", "value");
        CachingProvider provider = fresh.provider();

        assertThatThrownBy(() -> provider.getCacheManager(null, new OwnLoader(), properties))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("hypercache.request.timeout")
                .hasMessageContaining("soon")
                .hasMessageContaining("hypercache.unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:/nowhere/hypercache.properties", "classpath:nowhere/hypercache.properties"})
    void aMissingFileIsAnErrorThatNamesIt(String location) {
        CachingProvider provider = fresh.provider();

        assertThatThrownBy(() -> provider.getCacheManager(URI.create(location), null))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("nowhere/hypercache.properties");
    }

    @Test
    void aUriOfNoKnownFormIsRefusedWithTheFormsThatThereAre() {
        CachingProvider provider = fresh.provider();

        assertThatThrownBy(() -> provider.getCacheManager(URI.create("hypercache://nonsense"), null))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("hypercache://nonsense")
                .hasMessageContaining("host:port");
    }

    @Test
    void aValueThatCannotBeCopiedIsRefusedWithItsClassAndTheWaysOut() {
        Cache<String, Object> cache =
                fresh.cache(new MutableConfiguration<String, Object>().setTypes(String.class, Object.class));

        assertThatThrownBy(() -> cache.put("key", new Uncopyable()))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining(Uncopyable.class.getName())
                .hasMessageContaining("Serializable");
        assertThat(cache.containsKey("key")).isFalse();
    }

    static Stream<Named<Consumer<Cache<String, String>>>> nulls() {
        return Stream.of(
                Named.of("get", cache -> cache.get(nothing())),
                Named.of("put key", cache -> cache.put(nothing(), "value")),
                Named.of("put value", cache -> cache.put("key", nothing())),
                Named.of("getAndPut value", cache -> cache.getAndPut("key", nothing())),
                Named.of("putIfAbsent value", cache -> cache.putIfAbsent("key", nothing())),
                Named.of("replace value", cache -> cache.replace("key", nothing())),
                Named.of("replace old value", cache -> cache.replace("key", nothing(), "new")),
                Named.of("remove key", cache -> cache.remove(nothing())),
                Named.of("remove old value", cache -> cache.remove("key", nothing())),
                Named.of("containsKey", cache -> cache.containsKey(nothing())),
                Named.of("getAll", cache -> cache.getAll(nothing())),
                Named.of("getAll key", cache -> cache.getAll(Collections.singleton(nothing()))),
                Named.of("putAll", cache -> cache.putAll(nothing())),
                Named.of("removeAll", cache -> cache.removeAll(nothing())),
                Named.of("removeAll key", cache -> cache.removeAll(Collections.singleton(nothing()))),
                Named.of("loadAll", cache -> cache.loadAll(nothing(), false, null)),
                Named.of("invoke key", cache -> cache.invoke(BadInputTest.<String>nothing(), (entry, none) -> "")));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullIsANullPointerExceptionThatSaysWhatWasNull(Consumer<Cache<String, String>> call) {
        Cache<String, String> cache = fresh.strings();

        assertThatThrownBy(() -> call.accept(cache))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessageMatching("(?is).*(key|value|map|keys|class|clazz|type).*");
    }

    @Test
    void aNullInPutAllStoresNothing() {
        Cache<String, String> cache = fresh.strings();
        Map<String, String> entries = new HashMap<>();
        entries.put("good", "value");
        entries.put("bad", null);

        assertThatThrownBy(() -> cache.putAll(entries)).isExactlyInstanceOf(NullPointerException.class);

        assertThat(cache.iterator().hasNext()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void aClosedCacheIsAnIllegalStateWhateverTheArgumentAndNamesTheCache(Consumer<Cache<String, String>> call) {
        Cache<String, String> cache = fresh.strings();
        cache.close();

        assertThatThrownBy(() -> call.accept(cache))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining(FreshManager.CACHE)
                .hasMessageContaining("closed");
    }

    @Test
    void aClosedManagerIsAnIllegalStateThatNamesTheManager() {
        CacheManager manager = fresh.manager();
        manager.close();

        assertThatThrownBy(() -> manager.createCache("any", FreshManager.stringsConfiguration()))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining(manager.getURI().toString())
                .hasMessageContaining("closed");
    }

    @Test
    void unwrapOfAnUnknownClassIsAnIllegalArgumentThatNamesIt() {
        Cache<String, String> cache = fresh.strings();
        cache.put("key", "value");
        Cache.Entry<String, String> entry = cache.iterator().next();
        CacheManager manager = cache.getCacheManager();

        Stream.<ThrowingCallable>of(
                        () -> cache.unwrap(Thread.class),
                        () -> entry.unwrap(Thread.class),
                        () -> manager.unwrap(Thread.class))
                .forEach(unwrap -> assertThatThrownBy(unwrap)
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("java.lang.Thread"));
    }

    @Test
    void readThroughWithoutALoaderIsAnIllegalArgument() {
        assertThatThrownBy(() -> fresh.cache(FreshManager.stringsConfiguration().setReadThrough(true)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(FreshManager.CACHE)
                .hasMessageContaining("oader");
        assertThat(fresh.manager().getCacheNames()).isEqualTo(Set.of());
    }

    @Test
    void writeThroughWithoutAWriterIsAnIllegalArgument() {
        assertThatThrownBy(() -> fresh.cache(FreshManager.stringsConfiguration().setWriteThrough(true)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(FreshManager.CACHE)
                .hasMessageContaining("riter");
    }

    private void managerWith(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        fresh.provider().getCacheManager(null, new OwnLoader(), properties);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    private static final class Uncopyable {}
}
