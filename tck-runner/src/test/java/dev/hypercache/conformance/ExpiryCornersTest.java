package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.event.EventType;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Zero durations and policies that throw. */
@Timeout(30)
final class ExpiryCornersTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final Recorder<String, String> recorder = new Recorder<>();

    static Stream<Named<Consumer<Cache<String, String>>>> creations() {
        return Stream.of(
                Named.of("put", cache -> cache.put("key", "new")),
                Named.of("putAll", cache -> cache.putAll(new HashMap<>(Map.of("key", "new")))),
                Named.of("getAndPut", cache -> cache.getAndPut("key", "new")),
                Named.of("putIfAbsent", cache -> cache.putIfAbsent("key", "new")),
                Named.of("invoke", Processing::set));
    }

    static Stream<Named<Consumer<Cache<String, String>>>> updates() {
        return Stream.of(
                Named.of("put", cache -> cache.put("key", "new")),
                Named.of("putAll", cache -> cache.putAll(new HashMap<>(Map.of("key", "new")))),
                Named.of("getAndPut", cache -> cache.getAndPut("key", "new")),
                Named.of("replace", cache -> cache.replace("key", "new")),
                Named.of("replace of the value", cache -> cache.replace("key", "old", "new")),
                Named.of("getAndReplace", cache -> cache.getAndReplace("key", "new")),
                Named.of("invoke", Processing::set));
    }

    static Stream<Named<Consumer<Cache<String, String>>>> accesses() {
        return Stream.of(
                Named.of("get", cache -> assertThat(cache.get("key")).isEqualTo("old")),
                Named.of(
                        "getAll",
                        cache -> assertThat(cache.getAll(Set.of("key"))).hasSize(1)),
                Named.of("iteration", cache -> assertThat(cache).hasSize(1)),
                Named.of("replace of another value", cache -> cache.replace("key", "other", "new")),
                Named.of("remove of another value", cache -> cache.remove("key", "other")),
                Named.of("invoke", Processing::read));
    }

    @ParameterizedTest
    @MethodSource("creations")
    void zeroOnCreationIsNeverInTheCache(Consumer<Cache<String, String>> creation) {
        Cache<String, String> cache = cache(new CountingPolicy(Duration.ZERO, null, null));

        creation.accept(cache);

        assertThat(cache.containsKey("key")).isFalse();
        assertThat(cache.get("key")).isNull();
        assertThat(cache.iterator().hasNext()).isFalse();
        assertThat(recorder.heard()).allMatch(event -> event.type() == EventType.EXPIRED);
        assertThat(Counters.of(cache).puts()).isZero();
    }

    @Test
    void zeroOnCreationIsStillWrittenThrough() {
        Writer writer = new Writer();
        CountingPolicy policy = new CountingPolicy(Duration.ZERO, null, null);
        Cache<String, String> cache = fresh.cache(writer.configuration().setExpiryPolicyFactory(() -> policy));

        cache.put("key", "value");

        assertThat(writer.calls()).containsExactly("write key=value");
        assertThat(cache.containsKey("key")).isFalse();
    }

    @Test
    void zeroOnCreationGivesALoadedValueToTheCallerOnly() {
        Loader loader = Loader.ofEverything();
        CountingPolicy policy = new CountingPolicy(Duration.ZERO, null, null);
        Cache<String, String> cache = fresh.cache(loader.configuration().setExpiryPolicyFactory(() -> policy));

        assertThat(cache.get("key")).isEqualTo("loaded:key");
        assertThat(cache.containsKey("key")).isFalse();
        assertThat(cache.get("key")).isEqualTo("loaded:key");
        assertThat(loader.asked()).containsExactly("key", "key");
    }

    @ParameterizedTest
    @MethodSource("updates")
    void zeroOnUpdateIsAnUpdateAndAPutAndThenGone(Consumer<Cache<String, String>> update) {
        Cache<String, String> cache = cache(new CountingPolicy(Duration.ETERNAL, null, Duration.ZERO));
        cache.put("key", "old");
        recorder.drain();
        Counters before = Counters.of(cache);

        update.accept(cache);

        assertThat(cache.containsKey("key")).isFalse();
        assertThat(Counters.of(cache).minus(before).puts()).isEqualTo(1);
        assertThat(recorder.heard()).first().isEqualTo(Heard.updated("key", "new", "old"));
        assertThat(recorder.heard(EventType.REMOVED)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("accesses")
    void zeroOnAccessShowsTheValueOnceAndThenItIsGone(Consumer<Cache<String, String>> access) {
        Cache<String, String> cache = cache(new CountingPolicy(Duration.ETERNAL, Duration.ZERO, null));
        cache.put("key", "old");
        Counters before = Counters.of(cache);

        access.accept(cache);

        assertThat(cache.containsKey("key")).isFalse();
        assertThat(cache.get("key")).isNull();
        assertThat(Counters.of(cache).minus(before)).isEqualTo(Counters.of(0, 0, 1, 1));
        assertThat(recorder.heard(EventType.REMOVED)).isEmpty();
    }

    @Test
    void aPolicyThatThrowsNeverFailsAnOperation() {
        Cache<String, String> cache = fresh.cache(FreshManager.stringsConfiguration()
                .setExpiryPolicyFactory(ThrowingPolicy::new)
                .setStatisticsEnabled(true));

        cache.put("key", "first");
        assertThat(cache.get("key")).isEqualTo("first");
        cache.put("key", "second");
        assertThat(cache.getAndReplace("key", "third")).isEqualTo("second");
        assertThat(cache.<String>invoke("key", (entry, arguments) -> entry.getValue()))
                .isEqualTo("third");
        assertThat(cache).hasSize(1);
        assertThat(Counters.of(cache).puts()).isEqualTo(3);
    }

    @Test
    void nullOnCreationNeverFailsAnOperation() {
        ExpiryPolicy careless = new ThrowingPolicy() {
            @Override
            @SuppressWarnings("NullAway")
            public Duration getExpiryForCreation() {
                return null;
            }
        };
        Cache<String, String> cache =
                fresh.cache(FreshManager.stringsConfiguration().setExpiryPolicyFactory(() -> careless));

        cache.put("key", "value");

        assertThat(cache.get("key")).isEqualTo("value");
    }

    @Test
    void nullOnAccessAndUpdateLeavesTheDurationAlone() {
        CountingPolicy policy = CountingPolicy.eternal();
        Cache<String, String> cache = cache(policy);

        cache.put("key", "first");
        cache.get("key");
        cache.put("key", "second");

        assertThat(cache.get("key")).isEqualTo("second");
        assertThat(policy.calls()).isEqualTo(new CountingPolicy.Calls(1, 2, 1));
        assertThat(recorder.heard())
                .isEqualTo(List.of(Heard.created("key", "first"), Heard.updated("key", "second", "first")));
    }

    private Cache<String, String> cache(CountingPolicy policy) {
        return fresh.cache(policy.configuration()
                .setStatisticsEnabled(true)
                .addCacheEntryListenerConfiguration(recorder.synchronous()));
    }

    private static class ThrowingPolicy implements ExpiryPolicy {
        @Override
        public Duration getExpiryForCreation() {
            throw new IllegalStateException("the policy fails");
        }

        @Override
        public Duration getExpiryForAccess() {
            throw new IllegalStateException("the policy fails");
        }

        @Override
        public Duration getExpiryForUpdate() {
            throw new IllegalStateException("the policy fails");
        }
    }
}
