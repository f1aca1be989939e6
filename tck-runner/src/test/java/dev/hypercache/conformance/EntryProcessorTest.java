package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Entry processors: no partial effect, no demand on their class, the cache within reach. */
@Timeout(30)
final class EntryProcessorTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    private final Recorder<String, String> recorder = new Recorder<>();

    @Test
    void aProcessorThatFailsLeavesThePresentEntryAsItWas() {
        Cache<String, String> cache = recorded();
        cache.put("key", "old");
        recorder.drain();

        Processing.setThenFail(cache);

        assertThat(cache.get("key")).isEqualTo("old");
        assertThat(recorder.heard()).isEmpty();
    }

    @Test
    void aProcessorThatFailsLeavesTheAbsentEntryAbsent() {
        Cache<String, String> cache = recorded();

        Processing.setThenFail(cache);

        assertThat(cache.containsKey("key")).isFalse();
        assertThat(recorder.heard()).isEmpty();
    }

    @Test
    void theCauseOfAFailureIsKept() {
        Cache<String, String> cache = recorded();
        Exception cause = new IllegalStateException("the processor fails");

        assertThatThrownBy(() -> cache.invoke("key", (entry, arguments) -> {
                    throw new EntryProcessorException(cause);
                }))
                .isInstanceOf(EntryProcessorException.class)
                .hasRootCause(cause);
    }

    @Test
    void changesInsideAProcessorToAMutableValueByValueAreLostWithoutSetValue() {
        Cache<String, int[]> cache =
                fresh.cache(new MutableConfiguration<String, int[]>().setTypes(String.class, int[].class));
        cache.put("key", new int[] {1});

        cache.<Boolean>invoke("key", (entry, arguments) -> {
            entry.getValue()[0] = 2;
            return true;
        });

        assertThat(cache.get("key")).containsExactly(1);
    }

    @Test
    void aProcessorMayReadAndWriteOtherKeysOfTheCache() {
        Cache<String, String> cache = recorded();
        cache.put("other", "value");

        String read = cache.invoke("key", (entry, arguments) -> {
            String value = cache.get("other");
            cache.put("third", value + "!");
            entry.setValue(value);
            return value;
        });

        assertThat(read).isEqualTo("value");
        assertThat(cache.get("key")).isEqualTo("value");
        assertThat(cache.get("third")).isEqualTo("value!");
    }

    @Test
    void aProcessorMayInvokeAnotherProcessorOnAnotherKey() {
        Cache<String, String> cache = recorded();

        cache.invoke("outer", (outer, arguments) -> {
            outer.setValue("outer");
            return cache.invoke("inner", (inner, none) -> {
                inner.setValue("inner");
                return "";
            });
        });

        assertThat(cache.getAll(new HashSet<>(Set.of("outer", "inner"))))
                .isEqualTo(Map.of("outer", "outer", "inner", "inner"));
    }

    @Test
    void aProcessorThatTouchesItsOwnKeyThroughTheCacheEnds() throws Exception {
        Cache<String, String> cache = recorded();
        cache.put("key", "old");

        CompletableFuture<String> result = Aside.supply(() -> cache.invoke("key", (entry, arguments) -> {
            entry.setValue(cache.get("key") + "!");
            return entry.getValue();
        }));

        assertThat(result.handle((value, failure) -> failure == null ? value : "failed")
                        .get(15, TimeUnit.SECONDS))
                .isIn("old!", "failed");
    }

    @Test
    void aProcessorSeesItsOwnChanges() {
        Cache<String, String> cache = recorded();

        List<Object> seen = cache.invoke("key", (entry, arguments) -> {
            boolean before = entry.exists();
            entry.setValue("new");
            boolean after = entry.exists();
            String value = entry.getValue();
            entry.remove();
            return List.of(before, after, value, entry.exists(), entry.getKey());
        });

        assertThat(seen).containsExactly(false, true, "new", false, "key");
    }

    @Test
    void removingAnAbsentEntryChangesAndTellsNothing() {
        Cache<String, String> cache = recorded();

        Processing.remove(cache);

        assertThat(recorder.heard()).isEmpty();
        assertThat(cache.containsKey("key")).isFalse();
    }

    @Test
    void argumentsArriveAsGivenWithoutSerialization() {
        Cache<String, String> cache = recorded();
        Object argument = new Object();

        Object[] received = cache.invoke("key", (entry, arguments) -> arguments, argument, "second");

        assertThat(received).containsExactly(argument, "second");
    }

    @Test
    void invokeAllGivesAResultOrAFailureForEachKey() {
        Cache<String, String> cache = recorded();

        Map<String, EntryProcessorResult<String>> results = cache.invokeAll(
                new HashSet<>(Set.of("good", "bad", "null")), (entry, arguments) -> switch (entry.getKey()) {
                    case "good" -> "result";
                    case "bad" -> throw new IllegalStateException("the processor fails");
                    default -> null;
                });

        assertThat(results).containsOnlyKeys("good", "bad");
        assertThat(results.get("good").get()).isEqualTo("result");
        assertThatThrownBy(() -> results.get("bad").get())
                .isInstanceOf(EntryProcessorException.class)
                .hasRootCauseMessage("the processor fails");
    }

    @Test
    void aNonSerializableValueSetByAProcessorIsRefusedAndLeavesNothing() {
        Cache<String, Object> cache =
                fresh.cache(new MutableConfiguration<String, Object>().setTypes(String.class, Object.class));

        assertThatThrownBy(() -> cache.invoke("key", (entry, arguments) -> {
                    entry.setValue(new Object());
                    return null;
                }))
                .isInstanceOf(CacheException.class);

        assertThat(cache.containsKey("key")).isFalse();
    }

    private Cache<String, String> recorded() {
        return fresh.cache(
                FreshManager.stringsConfiguration().addCacheEntryListenerConfiguration(recorder.synchronous()));
    }
}
