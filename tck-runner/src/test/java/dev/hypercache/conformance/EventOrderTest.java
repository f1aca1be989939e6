package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.event.EventType;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of one key arrive in the order of the changes, none lost, whoever made them. */
@Timeout(60)
final class EventOrderTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 500;
    private static final List<String> KEYS = List.of("a", "b", "c");

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @ParameterizedTest(name = "synchronous: {0}")
    @ValueSource(booleans = {true, false})
    void theOldValueOfEachEventIsTheValueOfTheOneBefore(boolean synchronous) {
        Recorder<String, String> recorder = new Recorder<>();
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(synchronous ? recorder.synchronous() : recorder.asynchronous());

        change(cache);

        int puts = THREADS * ROUNDS;
        await().atMost(Duration.ofSeconds(20))
                .until(() -> recorder.heard(EventType.CREATED).size()
                                + recorder.heard(EventType.UPDATED).size()
                        == puts);
        for (String key : KEYS) {
            assertChained(recorder.heardOf(key));
        }
    }

    @ParameterizedTest(name = "synchronous: {0}")
    @ValueSource(booleans = {true, false})
    void aFilterTakesEventsOutAndKeepsTheOrderOfTheRest(boolean synchronous) {
        Recorder<String, String> recorder = new Recorder<>();
        Recorder<String, String> everything = new Recorder<>();
        Cache<String, String> cache = fresh.strings();
        cache.registerCacheEntryListener(everything.synchronous());
        cache.registerCacheEntryListener(recorder.filtered(
                synchronous, event -> event.getEventType() == EventType.REMOVED || isEven(event.getValue())));

        change(cache);

        for (String key : KEYS) {
            List<Heard> expected = everything.heardOf(key).stream()
                    .filter(event -> event.type() == EventType.REMOVED || isEven(Objects.toString(event.value())))
                    .toList();
            await().untilAsserted(() -> assertThat(recorder.heardOf(key)).isEqualTo(expected));
        }
    }

    /** Each thread puts its own numbers and now and then removes. */
    private static void change(Cache<String, String> cache) {
        Crowd.each(THREADS, member -> () -> {
            for (int i = 0; i < ROUNDS; i++) {
                String key = KEYS.get(i % KEYS.size());
                cache.put(key, Integer.toString(member * ROUNDS + i));
                if (i % 7 == 0) {
                    cache.remove(key);
                }
            }
        });
    }

    private static void assertChained(List<Heard> events) {
        Object now = null;
        for (Heard event : events) {
            assertThat(event.type())
                    .as("%s after the value %s", event, now)
                    .isIn(now == null ? List.of(EventType.CREATED) : List.of(EventType.UPDATED, EventType.REMOVED));
            assertThat(event.old()).as("old value of %s", event).isEqualTo(now);
            now = event.type() == EventType.REMOVED ? null : event.value();
        }
    }

    private static boolean isEven(String value) {
        return Integer.parseInt(value) % 2 == 0;
    }
}
