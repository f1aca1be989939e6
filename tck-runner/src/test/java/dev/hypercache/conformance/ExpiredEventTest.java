package dev.hypercache.conformance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.EventType;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries expire on time without being touched, and EXPIRED comes exactly once, before what follows on the key. */
@Timeout(60)
final class ExpiredEventTest {

    private static final long LIFE_MILLIS = 200;
    private static final Duration LATEST = Duration.ofMillis(LIFE_MILLIS).plusSeconds(3);

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final Recorder<String, String> recorder = new Recorder<>();

    static Stream<Named<Consumer<Cache<String, String>>>> creations() {
        return Stream.of(
                Named.of("put", cache -> cache.put("key", "new")),
                Named.of("putAll", cache -> cache.putAll(Map.of("key", "new"))),
                Named.of(
                        "getAndPut",
                        cache -> assertThat(cache.getAndPut("key", "new")).isNull()),
                Named.of(
                        "putIfAbsent",
                        cache -> assertThat(cache.putIfAbsent("key", "new")).isTrue()),
                Named.of("invoke", Processing::set));
    }

    static Stream<Named<Consumer<Cache<String, String>>>> operationsThatNeedAnEntry() {
        return Stream.of(
                Named.of("get", cache -> assertThat(cache.get("key")).isNull()),
                Named.of(
                        "replace",
                        cache -> assertThat(cache.replace("key", "new")).isFalse()),
                Named.of(
                        "replace of the value",
                        cache -> assertThat(cache.replace("key", "old", "new")).isFalse()),
                Named.of(
                        "getAndReplace",
                        cache -> assertThat(cache.getAndReplace("key", "new")).isNull()),
                Named.of("remove", cache -> assertThat(cache.remove("key")).isFalse()),
                Named.of(
                        "remove of the value",
                        cache -> assertThat(cache.remove("key", "old")).isFalse()),
                Named.of(
                        "getAndRemove",
                        cache -> assertThat(cache.getAndRemove("key")).isNull()),
                Named.of("removeAll", Cache::removeAll),
                Named.of("invoke", Processing::remove));
    }

    @ParameterizedTest(name = "synchronous: {0}")
    @ValueSource(booleans = {true, false})
    void untouchedEntriesExpireOnTimeAndOnce(boolean synchronous) {
        Cache<String, String> cache = fresh.cache(shortLived());
        cache.registerCacheEntryListener(synchronous ? recorder.synchronous() : recorder.asynchronous());
        Map<String, String> entries =
                IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "key" + i, i -> "value" + i));
        cache.putAll(entries);

        await().atMost(LATEST).until(() -> recorder.heard(EventType.EXPIRED).size() >= entries.size());
        entries.keySet().forEach(cache::get);

        await().during(500, MILLISECONDS)
                .untilAsserted(() -> assertThat(recorder.heard(EventType.EXPIRED))
                        .containsExactlyInAnyOrderElementsOf(entries.entrySet().stream()
                                .map(entry -> Heard.expired(entry.getKey(), entry.getValue()))
                                .toList()));
        assertThat(recorder.heard(EventType.REMOVED)).isEmpty();
    }

    @Test
    void expiryCountsNeitherAsRemovalNorAsEviction() {
        Cache<String, String> cache = fresh.cache(shortLived().setStatisticsEnabled(true));
        cache.registerCacheEntryListener(recorder.synchronous());
        cache.put("key", "value");

        await().atMost(LATEST).until(() -> !recorder.heard(EventType.EXPIRED).isEmpty());
        cache.removeAll();

        assertThat(Counters.of(cache)).isEqualTo(Counters.of(1, 0, 0, 0));
    }

    @Test
    void readersThatRaceWithTheExpiryDoNotDoubleTheEvent() {
        Cache<String, String> cache = fresh.cache(shortLived());
        cache.registerCacheEntryListener(recorder.synchronous());
        for (int i = 0; i < 20; i++) {
            cache.put("key" + i, "value");
        }
        Crowd.each(4, member -> () -> {
            for (int i = 0; i < 20; i++) {
                String key = "key" + i;
                while (cache.get(key) != null) {
                    Thread.onSpinWait();
                }
            }
        });
        await().during(300, MILLISECONDS)
                .untilAsserted(() -> assertThat(recorder.heard(EventType.EXPIRED))
                        .hasSize(20)
                        .doesNotHaveDuplicates());
    }

    @ParameterizedTest
    @MethodSource("creations")
    void aPutOnAnExpiredEntryIsExpiredThenCreated(Consumer<Cache<String, String>> creation) {
        Cache<String, String> cache = expired();

        creation.accept(cache);

        assertThat(recorder.heard().subList(0, 3))
                .containsExactly(Heard.created("key", "old"), Heard.expired("key", "old"), Heard.created("key", "new"));
    }

    @ParameterizedTest
    @MethodSource("operationsThatNeedAnEntry")
    void anOperationThatNeedsAnEntryFindsNoneAfterItExpired(Consumer<Cache<String, String>> operation) {
        Cache<String, String> cache = expired();

        operation.accept(cache);

        await().atMost(LATEST)
                .untilAsserted(() -> assertThat(recorder.heard())
                        .containsExactly(Heard.created("key", "old"), Heard.expired("key", "old")));
        assertThat(Counters.of(cache).removals()).isZero();
    }

    @Test
    void anEntryThatIsReadLivesOnAndExpiresWhenItIsLeftAlone() {
        Cache<String, String> cache = fresh.cache(FreshManager.stringsConfiguration()
                .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(duration(1_500)))
                .addCacheEntryListenerConfiguration(recorder.synchronous()));
        cache.put("key", "value");

        await().pollInterval(50, MILLISECONDS)
                .during(2_500, MILLISECONDS)
                .until(() -> "value".equals(cache.get("key")));
        assertThat(recorder.heard(EventType.EXPIRED)).isEmpty();

        await().atMost(4_500, MILLISECONDS)
                .until(() -> recorder.heard(EventType.EXPIRED).size() == 1);
    }

    @Test
    void anEntryThatIsUpdatedLivesOnWithItsNewValue() {
        Cache<String, String> cache = fresh.cache(FreshManager.stringsConfiguration()
                .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(duration(1_500)))
                .addCacheEntryListenerConfiguration(recorder.synchronous()));
        cache.put("key", "old");

        await().pollInterval(50, MILLISECONDS).during(2_000, MILLISECONDS).until(() -> cache.replace("key", "new"));

        await().atMost(4_500, MILLISECONDS)
                .untilAsserted(() ->
                        assertThat(recorder.heard(EventType.EXPIRED)).containsExactly(Heard.expired("key", "new")));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void anEntryThatIsGoneBeforeItsTimeDoesNotExpire(Function<Cache<String, String>, Boolean> ending) {
        Cache<String, String> cache = fresh.cache(shortLived());
        cache.registerCacheEntryListener(recorder.synchronous());
        cache.put("key", "value");
        cache.put("witness", "value");

        assertThat(ending.apply(cache)).isTrue();
        cache.put("witness", "again");

        await().atMost(LATEST)
                .until(() -> !recorder.heardOf("witness").stream()
                        .filter(event -> event.type() == EventType.EXPIRED)
                        .toList()
                        .isEmpty());
        assertThat(recorder.heardOf("key")).doesNotContain(Heard.expired("key", "value"));
    }

    static Stream<Named<Function<Cache<String, String>, Boolean>>> endings() {
        return Stream.of(
                Named.of("remove", cache -> cache.remove("key")),
                Named.of("getAndRemove", cache -> cache.getAndRemove("key") != null),
                Named.of("clear", cache -> {
                    cache.clear();
                    return !cache.containsKey("key");
                }));
    }

    /** A cache whose {@code key} held {@code old} until it expired. */
    private Cache<String, String> expired() {
        Cache<String, String> cache = fresh.cache(shortLived().setStatisticsEnabled(true));
        cache.registerCacheEntryListener(recorder.synchronous());
        cache.put("key", "old");
        await().pollInterval(5, MILLISECONDS).until(() -> !cache.containsKey("key"));
        return cache;
    }

    private static MutableConfiguration<String, String> shortLived() {
        return FreshManager.stringsConfiguration()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(duration(LIFE_MILLIS)));
    }

    private static javax.cache.expiry.Duration duration(long millis) {
        return new javax.cache.expiry.Duration(MILLISECONDS, millis);
    }
}
