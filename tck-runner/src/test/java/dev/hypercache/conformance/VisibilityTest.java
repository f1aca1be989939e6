package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reader never sees a value older than one that it, or a writer that returned, has seen. */
@Timeout(60)
final class VisibilityTest {

    private static final int WRITES = 20_000;

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    static Stream<Named<ToIntFunction<Cache<String, Integer>>>> reads() {
        return Stream.of(
                Named.of("get", cache -> cache.get("key")),
                Named.of("getAll", cache -> cache.getAll(Set.of("key")).get("key")),
                Named.of("invoke", cache -> cache.invoke("key", (entry, arguments) -> entry.getValue())),
                Named.of("iterator", cache -> cache.iterator().next().getValue()));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void aReaderNeverGoesBack(ToIntFunction<Cache<String, Integer>> read) {
        Cache<String, Integer> cache = integers();
        cache.put("key", 0);
        AtomicBoolean done = new AtomicBoolean();
        Crowd.each(4, member -> () -> {
            if (member == 0) {
                for (int i = 1; i <= WRITES; i++) {
                    cache.put("key", i);
                }
                done.set(true);
                return;
            }
            int newest = 0;
            while (!done.get()) {
                int seen = read.applyAsInt(cache);
                assertThat(seen).isGreaterThanOrEqualTo(newest);
                newest = seen;
            }
        });
        assertThat(cache.get("key")).isEqualTo(WRITES);
    }

    @Test
    void aValueThatWasPutIsSeenByEveryThreadAtOnce() {
        Cache<String, Integer> cache = integers();
        for (int i = 0; i < 200; i++) {
            cache.putAll(Map.of("key", i));
            assertThat(Crowd.run(2, member -> () -> cache.get("key"))).containsOnly(i);
        }
    }

    private Cache<String, Integer> integers() {
        return fresh.cache(new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
    }
}
