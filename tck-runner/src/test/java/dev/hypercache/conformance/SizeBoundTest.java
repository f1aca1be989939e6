package dev.hypercache.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds on the size of a cache: kept, counted as evictions, never told as removals. */
@Timeout(60)
final class SizeBoundTest {

    private static final int MAX_ENTRIES = 100;
    private static final int PUTS = 2_000;

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @ParameterizedTest
    @ValueSource(strings = {"conformance", "conf*", "*"})
    void aCacheHoldsAtMostMaxEntries(String pattern) {
        fresh.with("hypercache.cache." + pattern + ".max.entries", Integer.toString(MAX_ENTRIES));
        Cache<String, String> cache = fresh.strings();

        fill(cache);

        await().untilAsserted(() -> assertThat(cache).hasSizeLessThanOrEqualTo(MAX_ENTRIES));
    }

    @Tag(FreshManager.ONE_JVM)
    @Test
    void evictionsAreCountedAndNeverReportedAsRemovals() {
        fresh.with("hypercache.cache.conformance.max.entries", Integer.toString(MAX_ENTRIES));
        Recorder<String, String> recorder = new Recorder<>();
        Writer writer = new Writer();
        Cache<String, String> cache = fresh.everywhere(writer.configuration()
                .setStatisticsEnabled(true)
                .addCacheEntryListenerConfiguration(recorder.synchronous()));

        fill(cache);

        await().untilAsserted(() -> {
            int size = size(cache);
            assertThat(size).isLessThanOrEqualTo(MAX_ENTRIES);
            assertThat(fresh.evictions(cache)).isEqualTo(PUTS - size);
        });
        assertThat(Counters.of(cache).removals()).isZero();
        assertThat(Counters.of(cache).puts()).isEqualTo(PUTS);
        assertThat(recorder.heard())
                .hasSize(PUTS)
                .allSatisfy(event -> assertThat(event.old()).isNull());
        assertThat(writer.calls()).hasSize(PUTS);
    }

    @Test
    void aCacheHoldsAtMostMaxBytes() {
        fresh.with("hypercache.cache.conformance.max.bytes", "64KB");
        Cache<String, byte[]> cache =
                fresh.cache(new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));

        for (int i = 0; i < 500; i++) {
            cache.put("key" + i, new byte[4_096]);
        }

        await().untilAsserted(() -> assertThat(size(cache)).isBetween(1, 16));
    }

    @Test
    void aCacheWithABoundKeepsEverythingBelowIt() {
        fresh.with("hypercache.cache.conformance.max.entries", Integer.toString(MAX_ENTRIES));
        Cache<String, String> cache = fresh.strings();

        for (int i = 0; i < MAX_ENTRIES; i++) {
            cache.put("key" + i, "value");
        }

        assertThat(cache).hasSize(MAX_ENTRIES);
    }

    @Tag(FreshManager.ONE_JVM)
    @Test
    void aBoundHoldsWhenManyThreadsFillTheCache() {
        fresh.with("hypercache.cache.conformance.max.entries", Integer.toString(MAX_ENTRIES));
        Cache<String, String> cache =
                fresh.everywhere(FreshManager.stringsConfiguration().setStatisticsEnabled(true));

        Crowd.each(8, member -> () -> {
            for (int i = 0; i < PUTS; i++) {
                cache.put(member + "-" + i, "value");
            }
        });

        await().untilAsserted(() -> {
            int size = size(cache);
            assertThat(size).isLessThanOrEqualTo(MAX_ENTRIES);
            assertThat(fresh.evictions(cache)).isEqualTo(8 * PUTS - size);
        });
    }

    @Test
    void anEntryThatWasEvictedIsLoadedAgain() {
        fresh.with("hypercache.cache.conformance.max.entries", "10");
        Loader loader = Loader.ofEverything();
        Cache<String, String> cache = fresh.cache(loader.configuration());

        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("key" + i)).isEqualTo("loaded:key" + i);
        }
        await().until(() -> size(cache) <= 10);
        for (int i = 0; i < 100; i++) {
            assertThat(cache.get("key" + i)).isEqualTo("loaded:key" + i);
        }

        assertThat(loader.asked()).hasSizeGreaterThanOrEqualTo(190);
    }

    private static void fill(Cache<String, String> cache) {
        for (int i = 0; i < PUTS; i++) {
            cache.put("key" + i, "value");
        }
    }

    private static int size(Cache<?, ?> cache) {
        int size = 0;
        for (Cache.Entry<?, ?> entry : cache) {
            size += entry == null ? 0 : 1;
        }
        return size;
    }
}
