package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each operation on one key is atomic against every other (JSR-107, consistency). */
@Timeout(90)
final class AtomicOperationsTest {

    private static final int THREADS = 8;
    private static final int ROUNDS = 2_000;

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @Test
    void exactlyOneOfManyPutIfAbsentWins() {
        Cache<String, Integer> cache = integers();
        for (int round = 0; round < 500; round++) {
            String key = "key" + round;
            List<Boolean> won = Crowd.run(2, member -> () -> cache.putIfAbsent(key, member));

            assertThat(won).as(key).containsExactlyInAnyOrder(true, false);
            assertThat(cache.get(key)).as(key).isEqualTo(won.indexOf(true));
        }
    }

    @Test
    void counterByReplaceOfValueIsExact() {
        Cache<String, Integer> cache = integers();
        cache.put("counter", 0);
        Crowd.each(THREADS, member -> () -> {
            for (int i = 0; i < ROUNDS; i++) {
                int seen;
                do {
                    seen = cache.get("counter");
                } while (!cache.replace("counter", seen, seen + 1));
            }
        });
        assertThat(cache.get("counter")).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    void counterByInvokeIsExact() {
        Cache<String, Integer> cache = integers();
        Crowd.each(THREADS, member -> () -> {
            for (int i = 0; i < ROUNDS; i++) {
                increment(cache, "counter");
            }
        });
        assertThat(cache.get("counter")).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    void countersByReplaceAndByInvokeDoNotLoseEachOther() {
        Cache<String, Integer> cache = integers();
        cache.put("counter", 0);
        Crowd.each(THREADS, member -> () -> {
            for (int i = 0; i < ROUNDS; i++) {
                if (member % 2 == 0) {
                    increment(cache, "counter");
                } else {
                    int seen;
                    do {
                        seen = cache.get("counter");
                    } while (!cache.replace("counter", seen, seen + 1));
                }
            }
        });
        assertThat(cache.get("counter")).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    void everyValueLeavesThroughExactlyOneOfGetAndPutGetAndReplaceAndGetAndRemove() {
        Cache<String, Integer> cache = integers();
        List<List<Integer>> taken = Crowd.run(
                THREADS,
                member -> () -> IntStream.range(0, ROUNDS)
                        .mapToObj(i -> exchange(cache, member * ROUNDS + i))
                        .filter(Objects::nonNull)
                        .toList());
        Integer last = cache.getAndRemove("slot");

        List<Integer> left = taken.stream().flatMap(List::stream).toList();
        assertThat(left).doesNotHaveDuplicates();
        assertThat(last).isNotIn(left);
    }

    @Test
    void aValueGivenToGetAndPutIsHandedOutExactlyOnce() {
        Cache<String, Integer> cache = integers();
        List<List<Integer>> taken = Crowd.run(
                THREADS,
                member -> () -> IntStream.range(0, ROUNDS)
                        .mapToObj(i -> cache.getAndPut("slot", member * ROUNDS + i))
                        .filter(Objects::nonNull)
                        .toList());
        List<Integer> left = taken.stream().flatMap(List::stream).toList();

        assertThat(left).hasSize(THREADS * ROUNDS - 1).doesNotHaveDuplicates().doesNotContain(cache.get("slot"));
    }

    @Test
    void onlyOneOfManyConditionalRemovesFindsTheValue() {
        Cache<String, Integer> cache = integers();
        for (int round = 0; round < 500; round++) {
            String key = "key" + round;
            cache.put(key, round);
            int value = round;
            List<Boolean> removed = Crowd.run(2, member -> () -> cache.remove(key, value));

            assertThat(removed).as(key).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void aLockOfPutIfAbsentAndRemoveOfValueIsHeldByOneThreadOnly() {
        Cache<String, Integer> cache = integers();
        int[] guarded = new int[1];
        Crowd.each(THREADS, member -> () -> {
            for (int i = 0; i < ROUNDS / 4; i++) {
                while (!cache.putIfAbsent("lock", member)) {
                    Thread.onSpinWait();
                }
                guarded[0]++;
                assertThat(cache.remove("lock", member)).isTrue();
            }
        });
        assertThat(guarded[0]).isEqualTo(THREADS * (ROUNDS / 4));
    }

    @Test
    void invokeAllIsAtomicForEachKey() {
        Cache<String, Integer> cache = integers();
        Set<String> keys = Set.of("a", "b", "c");
        Crowd.each(THREADS, member -> () -> {
            for (int i = 0; i < ROUNDS / 4; i++) {
                cache.invokeAll(keys, (entry, arguments) -> {
                    entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                    return null;
                });
            }
        });
        assertThat(cache.getAll(keys).values()).containsOnly(THREADS * (ROUNDS / 4));
    }

    private static Integer exchange(Cache<String, Integer> cache, int value) {
        return switch (ThreadLocalRandom.current().nextInt(3)) {
            case 0 -> cache.getAndPut("slot", value);
            case 1 -> cache.getAndReplace("slot", value);
            default -> cache.getAndRemove("slot");
        };
    }

    private static void increment(Cache<String, Integer> cache, String key) {
        cache.<Boolean>invoke(key, (entry, arguments) -> {
            entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
            return true;
        });
    }

    private Cache<String, Integer> integers() {
        return fresh.cache(new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
    }
}
