package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One load per key at a time, and a load that was overtaken by a change is not cached. */
@Timeout(60)
final class LoadStampedeTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final Gate gate = new Gate();
    private final Loader held = new Loader(key -> {
        gate.pass();
        return "loaded";
    });

    static Stream<Named<Consumer<Cache<String, String>>>> removals() {
        return Stream.of(
                Named.of("remove", cache -> cache.remove("key")),
                Named.of("getAndRemove", cache -> cache.getAndRemove("key")),
                Named.of("removeAll", Cache::removeAll),
                Named.of("removeAll of keys", cache -> cache.removeAll(Set.of("key"))),
                Named.of("clear", Cache::clear),
                Named.of("invoke with remove", Processing::remove));
    }

    @Test
    void thirtyTwoThreadsThatMissOneKeyLoadItOnce() throws Exception {
        Cache<String, String> cache = fresh.cache(held.configuration());
        CompletableFuture<List<String>> results = Aside.supply(() -> Crowd.run(32, member -> () -> cache.get("key")));
        gate.awaitArrival();
        gate.open();

        assertThat(results.get(30, TimeUnit.SECONDS)).hasSize(32).containsOnly("loaded");
        assertThat(held.asked()).containsExactly("key");
    }

    @Test
    void getGetAllAndProcessorsOfOneMissingKeyShareOneLoad() throws Exception {
        Cache<String, String> cache = fresh.cache(held.configuration());
        CompletableFuture<List<String>> results = Aside.supply(() -> Crowd.run(9, member -> () -> switch (member % 3) {
            case 0 -> cache.get("key");
            case 1 -> cache.getAll(new HashSet<>(Set.of("key"))).get("key");
            default -> cache.invoke("key", (entry, arguments) -> entry.getValue());
        }));
        gate.awaitArrival();
        gate.open();

        assertThat(results.get(30, TimeUnit.SECONDS)).hasSize(9).containsOnly("loaded");
        assertThat(held.asked()).containsExactly("key");
    }

    @Test
    void aLoadOfOneKeyDoesNotHoldUpAnother() throws Exception {
        Loader loader = new Loader(key -> {
            if (key.equals("slow")) {
                gate.pass();
            }
            return "loaded";
        });
        Cache<String, String> cache = fresh.cache(loader.configuration());
        CompletableFuture<String> slow = Aside.supply(() -> cache.get("slow"));
        gate.awaitArrival();

        for (int i = 0; i < 1_000; i++) {
            assertThat(cache.get("key" + i)).isEqualTo("loaded");
        }
        assertThat(slow).isNotDone();

        gate.open();
        assertThat(slow.get(20, TimeUnit.SECONDS)).isEqualTo("loaded");
    }

    @ParameterizedTest
    @MethodSource("removals")
    void aValueWhoseKeyWasRemovedDuringTheLoadGoesToTheCallerOnly(Consumer<Cache<String, String>> removal)
            throws Exception {
        Cache<String, String> cache = fresh.cache(held.configuration());
        CompletableFuture<String> loaded = Aside.supply(() -> cache.get("key"));
        gate.awaitArrival();
        CompletableFuture<Void> removed = Aside.run(() -> removal.accept(cache));
        letItFinishOrWait(removed);
        gate.open();

        assertThat(loaded.get(20, TimeUnit.SECONDS)).isEqualTo("loaded");
        removed.get(20, TimeUnit.SECONDS);
        assertThat(cache.containsKey("key")).isFalse();
    }

    @Test
    void aValuePutDuringTheLoadIsNotOverwritten() throws Exception {
        Cache<String, String> cache = fresh.cache(held.configuration());
        CompletableFuture<String> loaded = Aside.supply(() -> cache.get("key"));
        gate.awaitArrival();
        CompletableFuture<Void> put = Aside.run(() -> cache.put("key", "put"));
        letItFinishOrWait(put);
        gate.open();

        assertThat(loaded.get(20, TimeUnit.SECONDS)).isIn("loaded", "put");
        put.get(20, TimeUnit.SECONDS);
        assertThat(cache.getAll(Set.of("key"))).isEqualTo(Map.of("key", "put"));
    }

    @Test
    void aKeyRemovedDuringLoadAllIsNotCached() throws Exception {
        Cache<String, String> cache = fresh.cache(held.configuration());
        CompletableFuture<Map<String, String>> loaded = Aside.supply(() -> cache.getAll(new HashSet<>(Set.of("key"))));
        gate.awaitArrival();
        CompletableFuture<Void> removed = Aside.run(() -> cache.remove("key"));
        letItFinishOrWait(removed);
        gate.open();

        assertThat(loaded.get(20, TimeUnit.SECONDS)).isEqualTo(Map.of("key", "loaded"));
        removed.get(20, TimeUnit.SECONDS);
        assertThat(cache.containsKey("key")).isFalse();
    }

    /** A removal may end at once or wait for the load; both are lawful, and the entry must be gone either way. */
    private static void letItFinishOrWait(CompletableFuture<Void> change) throws Exception {
        try {
            change.get(300, TimeUnit.MILLISECONDS);
        } catch (TimeoutException waits) {
            assertThat(change).isNotDone();
        }
    }
}
