package dev.hypercache.conformance;

import static dev.hypercache.conformance.Counters.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Statistics where the TCK does not look: read-through, expired entries, failures, switching. */
@Timeout(30)
final class StatisticsCornersTest {

    @RegisterExtension
    final FreshManager fresh = new FreshManager();

    @Test
    void aLoadingGetIsAMissAndNoPut() {
        Cache<String, String> cache =
                fresh.cache(Loader.ofEverything().configuration().setStatisticsEnabled(true));
        cache.get("key");
        assertThat(Counters.of(cache)).isEqualTo(of(0, 0, 0, 1));

        cache.get("key");
        assertThat(Counters.of(cache)).isEqualTo(of(0, 0, 1, 1));
    }

    @Test
    void aLoadingGetAllIsAHitForEachPresentKeyAndAMissForEachOther() {
        Cache<String, String> cache =
                fresh.cache(Loader.ofEverything().configuration().setStatisticsEnabled(true));
        cache.put("present", "value");

        cache.getAll(new HashSet<>(Set.of("present", "absent", "other")));

        assertThat(Counters.of(cache)).isEqualTo(of(1, 0, 1, 2));
    }

    @Test
    void loadAllCountsNothing() throws Exception {
        Cache<String, String> cache =
                fresh.cache(Loader.ofEverything().configuration().setStatisticsEnabled(true));
        CompletionListenerFuture done = new CompletionListenerFuture();
        cache.loadAll(new HashSet<>(Set.of("a", "b")), true, done);
        done.get();

        assertThat(Counters.of(cache)).isEqualTo(Counters.NONE);
    }

    @Test
    void aFailedLoadIsAMiss() {
        Loader failing = new Loader(key -> {
            throw new IllegalStateException("the loader fails");
        });
        Cache<String, String> cache = fresh.cache(failing.configuration().setStatisticsEnabled(true));

        assertThatThrownBy(() -> cache.get("key")).isInstanceOf(CacheLoaderException.class);

        assertThat(Counters.of(cache)).isEqualTo(of(0, 0, 0, 1));
    }

    @Test
    void anExpiredEntryIsAMiss() {
        Cache<String, String> cache = fresh.cache(FreshManager.stringsConfiguration()
                .setStatisticsEnabled(true)
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 30))));
        cache.put("key", "value");
        await().until(() -> !cache.containsKey("key"));

        cache.get("key");
        cache.getAndRemove("key");
        cache.replace("key", "new");

        assertThat(Counters.of(cache)).isEqualTo(of(1, 0, 0, 3));
    }

    @Test
    void countingStartsWhenItIsSwitchedOnAndRestsWhileItIsOff() {
        Cache<String, String> cache = fresh.strings();
        cache.put("before", "value");
        fresh.manager().enableStatistics(FreshManager.CACHE, true);
        cache.put("counted", "value");
        assertThat(Counters.of(cache)).isEqualTo(of(1, 0, 0, 0));

        fresh.manager().enableStatistics(FreshManager.CACHE, false);
        cache.put("after", "value");
        fresh.manager().enableStatistics(FreshManager.CACHE, true);

        assertThat(Counters.of(cache).puts()).isLessThanOrEqualTo(1);
    }

    @Test
    void clearOfTheBeanZeroesEverything() {
        Cache<String, String> cache =
                fresh.cache(FreshManager.stringsConfiguration().setStatisticsEnabled(true));
        cache.put("key", "value");
        cache.get("key");
        cache.get("none");
        cache.remove("key");

        Counters.statistics(cache).clear();

        assertThat(Counters.of(cache)).isEqualTo(Counters.NONE);
        assertThat(Counters.statistics(cache).getAverageGetTime()).isZero();
        assertThat(Counters.statistics(cache).getAveragePutTime()).isZero();
        assertThat(Counters.statistics(cache).getAverageRemoveTime()).isZero();
    }
}
