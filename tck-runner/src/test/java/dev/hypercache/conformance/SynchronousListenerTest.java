package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.event.CacheEntryListenerException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A synchronous listener or filter that fails: the caller hears of it, and nothing else is lost. */
@Timeout(30)
final class SynchronousListenerTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final Recorder<String, String> failing = new Recorder<>(event -> {
        throw new IllegalStateException("the listener fails");
    });

    static Stream<Named<Consumer<Cache<String, String>>>> changes() {
        return Stream.of(
                Named.of("put", cache -> cache.put("key", "new")),
                Named.of("getAndPut", cache -> cache.getAndPut("key", "new")),
                Named.of("putAll", cache -> cache.putAll(Map.of("key", "new"))),
                Named.of("replace", cache -> cache.replace("key", "new")),
                Named.of("replace of the value", cache -> cache.replace("key", "old", "new")),
                Named.of("getAndReplace", cache -> cache.getAndReplace("key", "new")),
                Named.of("invoke", Processing::set));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theCallerGetsTheFailureAndTheChangeStays(Consumer<Cache<String, String>> change) {
        Cache<String, String> cache =
                fresh.cache(FreshManager.stringsConfiguration().setStatisticsEnabled(true));
        cache.put("key", "old");
        cache.registerCacheEntryListener(failing.synchronous());
        Counters before = Counters.of(cache);

        assertThatThrownBy(() -> change.accept(cache))
                .isInstanceOf(CacheEntryListenerException.class)
                .hasRootCauseMessage("the listener fails");

        assertThat(Counters.of(cache).minus(before).puts()).isEqualTo(1);
        assertThat(cache.get("key")).isEqualTo("new");
    }

    @Test
    void theCallerOfARemovalGetsTheFailureAndTheEntryIsGone() {
        Cache<String, String> cache =
                fresh.cache(FreshManager.stringsConfiguration().setStatisticsEnabled(true));
        cache.put("key", "old");
        cache.registerCacheEntryListener(failing.synchronous());

        assertThatThrownBy(() -> cache.remove("key")).isInstanceOf(CacheEntryListenerException.class);

        assertThat(cache.containsKey("key")).isFalse();
        assertThat(Counters.of(cache).removals()).isEqualTo(1);
    }

    @Test
    void anExceptionOfTheRightTypeIsNotWrappedAgain() {
        CacheEntryListenerException thrown = new CacheEntryListenerException("the listener fails");
        Recorder<String, String> exact = new Recorder<>(event -> {
            throw thrown;
        });
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(exact.synchronous());

        assertThatThrownBy(() -> cache.put("key", "value")).isSameAs(thrown);
    }

    @Test
    void everyOtherListenerHearsTheEventBeforeTheCallerHearsOfTheFailure() {
        Recorder<String, String> first = new Recorder<>();
        Recorder<String, String> last = new Recorder<>();
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(first.synchronous());
        cache.registerCacheEntryListener(failing.synchronous());
        cache.registerCacheEntryListener(last.synchronous());

        assertThatThrownBy(() -> cache.put("key", "value")).isInstanceOf(CacheEntryListenerException.class);

        assertThat(List.of(first.heard(), last.heard())).containsOnly(List.of(Heard.created("key", "value")));
    }

    @Test
    void everyEntryOfPutAllIsStoredAndHeardThoughTheListenerFails() {
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(failing.synchronous());

        assertThatThrownBy(() -> cache.putAll(Map.of("a", "1", "b", "2", "c", "3")))
                .isInstanceOf(CacheEntryListenerException.class);

        assertThat(failing.heard()).hasSize(3);
        assertThat(cache).hasSize(3);
    }

    @Test
    void laterEventsStillCome() {
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(failing.synchronous());

        assertThatThrownBy(() -> cache.put("key", "first")).isInstanceOf(CacheEntryListenerException.class);
        assertThatThrownBy(() -> cache.put("key", "second")).isInstanceOf(CacheEntryListenerException.class);

        assertThat(failing.heard())
                .containsExactly(Heard.created("key", "first"), Heard.updated("key", "second", "first"));
    }

    @Test
    void aThrowingFilterOfASynchronousListenerReachesTheCallerAndTheChangeStays() {
        Recorder<String, String> recorder = new Recorder<>();
        Recorder<String, String> other = new Recorder<>();
        Cache<String, String> cache =
                fresh.cache(FreshManager.stringsConfiguration().setStatisticsEnabled(true));
        cache.registerCacheEntryListener(recorder.filtered(true, event -> {
            throw new IllegalStateException("the filter fails");
        }));
        cache.registerCacheEntryListener(other.synchronous());

        assertThatThrownBy(() -> cache.put("key", "value"))
                .isInstanceOf(CacheEntryListenerException.class)
                .hasRootCauseMessage("the filter fails");

        assertThat(cache.get("key")).isEqualTo("value");
        assertThat(Counters.of(cache).puts()).isEqualTo(1);
        assertThat(recorder.heard()).isEmpty();
        assertThat(other.heard()).hasSize(1);
    }

    @Test
    void theListenerRunsBeforeTheOperationReturnsAndSeesTheChange() {
        AtomicReference<String> seen = new AtomicReference<>();
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(
                new Recorder<String, String>(event -> seen.set(cache.get("other"))).synchronous());
        cache.clear();

        cache.put("other", "value");

        assertThat(seen).hasValue("value");
    }

    @Test
    void theFilterSeesTheValueOfARemoval() {
        AtomicReference<String> seen = new AtomicReference<>();
        Cache<String, String> cache = fresh.strings();
        cache.put("key", "value");
        cache.registerCacheEntryListener(new Recorder<String, String>().filtered(true, event -> {
            seen.set(event.getValue());
            return true;
        }));

        cache.remove("key");

        assertThat(seen).hasValue("value");
    }

    @Test
    void theSourceOfAnEventIsTheCache() {
        AtomicReference<Object> source = new AtomicReference<>();
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(new Recorder<String, String>().filtered(true, event -> {
            source.set(event.getSource());
            return true;
        }));

        cache.put("key", "value");

        assertThat(source.get()).isSameAs(cache);
    }
}
