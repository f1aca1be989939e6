package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The iterator is weakly consistent: it never throws because of a change, and shows each surviving entry once. */
@Timeout(60)
final class IteratorTest {

    private static final int STABLE = 1_000;

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @Test
    void everyEntryThatStaysIsSeenExactlyOnceWhileOthersComeAndGo() {
        Cache<String, String> cache = fresh.strings();
        Set<String> stable =
                IntStream.range(0, STABLE).mapToObj(i -> "stable" + i).collect(Collectors.toSet());
        stable.forEach(key -> cache.put(key, "value"));
        AtomicBoolean done = new AtomicBoolean();

        Crowd.each(3, member -> () -> {
            if (member == 0) {
                for (int round = 0; round < 20; round++) {
                    List<String> seen = keys(cache);
                    assertThat(seen).doesNotHaveDuplicates().containsAll(stable);
                }
                done.set(true);
                return;
            }
            for (int i = 0; !done.get(); i = (i + 1) % 5_000) {
                cache.put("passing" + member + "-" + i, "value");
                cache.remove("passing" + member + "-" + (i / 2));
            }
        });
    }

    @Test
    void valuesThatChangeUnderTheIteratorAreOldOrNewButNeverNull() {
        Cache<String, String> cache = fresh.strings();
        IntStream.range(0, STABLE).forEach(i -> cache.put("key" + i, "old"));
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();

        IntStream.range(0, STABLE).forEach(i -> cache.put("key" + i, "new"));

        List<String> values = new ArrayList<>();
        iterator.forEachRemaining(entry -> values.add(entry.getValue()));
        assertThat(values).hasSize(STABLE).allMatch(value -> value.equals("old") || value.equals("new"));
    }

    @Test
    void clearUnderTheIteratorEndsItQuietly() {
        Cache<String, String> cache = fresh.strings();
        IntStream.range(0, STABLE).forEach(i -> cache.put("key" + i, "value"));
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        iterator.next();

        cache.clear();

        iterator.forEachRemaining(entry -> assertThat(entry.getValue()).isEqualTo("value"));
        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    void removeOfAnEntryThatWasRemovedSinceDoesNothing() {
        Cache<String, String> cache =
                fresh.cache(FreshManager.stringsConfiguration().setStatisticsEnabled(true));
        cache.put("key", "value");
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        iterator.next();
        cache.remove("key");

        iterator.remove();

        assertThat(cache.containsKey("key")).isFalse();
        assertThat(Counters.of(cache).removals()).isEqualTo(1);
    }

    @Test
    void removeOfAnEntryThatChangedSinceRemovesTheKeyOnceOrLeavesTheNewValue() {
        Recorder<String, String> recorder = new Recorder<>();
        Cache<String, String> cache = fresh.cache(
                FreshManager.stringsConfiguration().addCacheEntryListenerConfiguration(recorder.synchronous()));
        cache.put("key", "old");
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        iterator.next();
        cache.put("key", "new");
        recorder.drain();

        iterator.remove();

        List<Heard> expected = cache.containsKey("key") ? List.of() : List.of(Heard.removed("key", "new"));
        assertThat(recorder.heard()).isEqualTo(expected);
    }

    @Test
    void removeTwiceForOneNextIsAnIllegalState() {
        Cache<String, String> cache = fresh.strings();
        cache.put("key", "value");
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        iterator.next();
        iterator.remove();

        assertThatThrownBy(iterator::remove).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void removeAfterHasNextStillMeansTheEntryLastGiven() {
        Cache<String, String> cache = fresh.strings();
        cache.put("a", "1");
        cache.put("b", "2");
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        String first = iterator.next().getKey();
        assertThat(iterator.hasNext()).isTrue();

        iterator.remove();

        assertThat(keys(cache)).hasSize(1).doesNotContain(first);
    }

    @Test
    void everyEntryCanBeRemovedThroughTheIterator() {
        Cache<String, String> cache = fresh.strings();
        IntStream.range(0, STABLE).forEach(i -> cache.put("key" + i, "value"));

        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        while (iterator.hasNext()) {
            iterator.next();
            iterator.remove();
        }

        assertThat(cache.iterator().hasNext()).isFalse();
    }

    @Test
    void anIteratorOfAClosedCacheEndsOrIsAnIllegalState() {
        Cache<String, String> cache = fresh.strings();
        IntStream.range(0, STABLE).forEach(i -> cache.put("key" + i, "value"));
        Iterator<Cache.Entry<String, String>> iterator = cache.iterator();
        iterator.next();

        cache.close();

        assertThatThrownBy(() -> {
                    iterator.forEachRemaining(entry -> {});
                    iterator.next();
                })
                .isInstanceOfAny(IllegalStateException.class, NoSuchElementException.class);
    }

    @Test
    void anEntryGivenByTheIteratorKeepsItsValue() {
        Cache<String, String> cache = fresh.strings();
        cache.put("key", "old");
        Cache.Entry<String, String> entry = cache.iterator().next();

        cache.put("key", "new");

        assertThat(entry.getValue()).isEqualTo("old");
        assertThat(entry.unwrap(Cache.Entry.class)).isNotNull();
    }

    @Test
    void theIteratorNeverLoads() {
        Loader loader = Loader.ofEverything();
        Cache<String, String> cache = fresh.cache(loader.configuration());
        cache.put("key", "value");

        assertThat(new HashSet<>(keys(cache))).containsExactly("key");
        assertThat(loader.asked()).isEmpty();
    }

    private static List<String> keys(Cache<String, String> cache) {
        List<String> keys = new ArrayList<>();
        cache.forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }
}
