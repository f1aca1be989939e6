package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.CacheCounts;
import dev.hypercache.jcache.HyperCache;
import dev.hypercache.jcache.manage.StatisticsScope;
import dev.hypercache.jcache.manage.StatisticsSum;
import dev.hypercache.telemetry.MetricName;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Statistics with {@code hypercache.statistics.scope=cluster}: sums over the ring, switched and cleared on all of it. */
final class ClusterStatisticsTest {

    private static final int NODES = 3;
    private static final int ENTRIES = 120;
    private static final int ENTRIES_MAX = 30;

    private static LocalRing ring(String... settings) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "64");
        properties.setProperty("hypercache.statistics.scope", "cluster");
        for (String setting : settings) {
            String[] words = setting.split("=", 2);
            properties.setProperty(words[0], words[1]);
        }
        return LocalRing.of(NODES, properties);
    }

    private static Cache<String, String> open(LocalRing ring, int node, boolean statistics) {
        return ring.manager(node)
                .createCache("summed", new MutableConfiguration<String, String>().setStatisticsEnabled(statistics));
    }

    private static List<Cache<String, String>> openOnAll(LocalRing ring) {
        List<Cache<String, String>> caches = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            caches.add(open(ring, node, true));
        }
        return caches;
    }

    private static StatisticsSum sum(Cache<?, ?> cache, StatisticsScope scope) {
        return cache.unwrap(HyperCache.class).statistics(scope);
    }

    private static CacheCounts counts(Cache<?, ?> cache) {
        return sum(cache, StatisticsScope.CLUSTER).counts();
    }

    @SuppressWarnings("unchecked") // JSR-107 names the view by its raw class.
    private static boolean isEnabled(Cache<String, String> cache) {
        CompleteConfiguration<?, ?> configuration = cache.getConfiguration(CompleteConfiguration.class);
        return configuration.isStatisticsEnabled();
    }

    /** The bean that the platform's server shows: that of the manager which opened the cache first. */
    private static Object attribute(String name) throws JMException {
        return ManagementFactory.getPlatformMBeanServer().getAttribute(bean(), name);
    }

    private static ObjectName bean() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        return server.queryNames(new ObjectName("javax.cache:type=CacheStatistics,Cache=summed,*"), null).stream()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyMemberShowsTheSumOfWhatAllDid() throws JMException {
        try (LocalRing ring = ring()) {
            List<Cache<String, String>> caches = openOnAll(ring);
            for (int node = 0; node < NODES; node++) {
                Cache<String, String> cache = caches.get(node);
                for (int i = 0; i <= node; i++) {
                    cache.put("k" + node + i, "v");
                    cache.get("k" + node + i);
                    cache.get("nothing");
                }
                cache.remove("k" + node + 0);
            }

            for (Cache<String, String> cache : caches) {
                StatisticsSum sum = sum(cache, StatisticsScope.CLUSTER);
                assertThat(sum.counts().puts()).isEqualTo(6);
                assertThat(sum.counts().hits()).isEqualTo(6);
                assertThat(sum.counts().misses()).isEqualTo(6);
                assertThat(sum.counts().removals()).isEqualTo(3);
                assertThat(sum.counts().stores().operations()).isEqualTo(6);
                assertThat(sum.members()).isEqualTo(NODES);
                assertThat(sum.isPartial()).isFalse();
            }
            assertThat(sum(caches.get(0), StatisticsScope.LOCAL).counts().puts())
                    .isEqualTo(1);
            assertThat(attribute("CachePuts")).isEqualTo(6L);
            assertThat(attribute("CacheGets")).isEqualTo(12L);
            assertThat(attribute("CacheHitPercentage")).isEqualTo(50f);
            assertThat(attribute("Members")).isEqualTo(NODES);
            assertThat(attribute("Partial")).isEqualTo(false);
        }
    }

    @Test
    void beanShowsAtOnceWhatItsOwnCallersDo() throws JMException {
        try (LocalRing ring = ring()) {
            Cache<String, String> cache = openOnAll(ring).get(0);
            for (long puts = 1; puts <= 20; puts++) {
                cache.put("k", "v");
                assertThat(attribute("CachePuts")).isEqualTo(puts);
            }
        }
    }

    @Test
    void clearingTheBeanReachesEveryMemberBeforeItReturns() throws JMException {
        try (LocalRing ring = ring()) {
            List<Cache<String, String>> caches = openOnAll(ring);
            caches.forEach(cache -> cache.put("k", "v"));
            assertThat(attribute("CachePuts")).isEqualTo(3L);
            ManagementFactory.getPlatformMBeanServer().invoke(bean(), "clear", new Object[0], new String[0]);

            for (Cache<String, String> cache : caches) {
                assertThat(sum(cache, StatisticsScope.LOCAL).counts()).isEqualTo(CacheCounts.NONE);
            }
            assertThat(attribute("CachePuts")).isEqualTo(0L);
            assertThat(attribute("AveragePutTime")).isEqualTo(0f);
        }
    }

    @Test
    void switchingStatisticsReachesEveryMemberAndThoseThatOpenTheCacheLater() {
        try (LocalRing ring = ring()) {
            Cache<String, String> first = open(ring, 0, false);
            Cache<String, String> second = open(ring, 1, false);
            second.put("k", "not counted");
            assertThat(counts(first).puts()).isZero();

            ring.manager(0).enableStatistics("summed", true);
            assertThat(isEnabled(second)).isTrue();
            second.put("k", "counted");
            Cache<String, String> third = open(ring, 2, false);
            assertThat(isEnabled(third)).isTrue();
            third.put("k", "counted, too");
            assertThat(counts(first).puts()).isEqualTo(2);

            ring.manager(2).enableStatistics("summed", false);
            assertThat(isEnabled(first)).isFalse();
            first.put("k", "not counted");
            assertThat(counts(first).puts()).isEqualTo(2);
        }
    }

    @Test
    void memberThatJoinsLearnsWhatIsCounted() {
        try (LocalRing ring = ring()) {
            Cache<String, String> first = open(ring, 0, true);
            int joined = ring.join();
            Cache<String, String> late = open(ring, joined, false);
            assertThat(isEnabled(late)).isTrue();
            late.put("k", "v");
            assertThat(counts(first).puts()).isEqualTo(1);
            assertThat(sum(first, StatisticsScope.CLUSTER).members()).isEqualTo(NODES + 1);
        }
    }

    @Test
    void whatExpiresIsCountedOnceAlsoWhereNobodyHasTheCacheOpen() {
        try (LocalRing ring = ring()) {
            Cache<String, String> cache = ring.manager(0)
                    .createCache(
                            "summed",
                            new MutableConfiguration<String, String>()
                                    .setStatisticsEnabled(true)
                                    .setExpiryPolicyFactory(
                                            CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 300))));
            for (int i = 0; i < ENTRIES; i++) {
                cache.put("k" + i, "v");
            }
            Awaitility.await().until(() -> counts(cache).expirations() >= ENTRIES);

            assertThat(counts(cache).expirations()).isEqualTo(ENTRIES);
            assertThat(sum(cache, StatisticsScope.LOCAL).counts().expirations())
                    .as("led by the only member with the cache")
                    .isLessThan(ENTRIES);
        }
    }

    @Test
    void whatIsEvictedIsCountedWhereverItWasLed() {
        try (LocalRing ring = ring("hypercache.cache.summed.max.entries=" + ENTRIES_MAX)) {
            Cache<String, String> cache = open(ring, 0, true);
            for (int i = 0; i < ENTRIES; i++) {
                cache.put("k" + i, "v");
            }
            Awaitility.await().untilAsserted(() -> {
                long entries = 0;
                for (Cache.Entry<String, String> ignored : cache) {
                    entries++;
                }
                assertThat(entries).isLessThanOrEqualTo(ENTRIES_MAX);
                assertThat(counts(cache).evictions()).isEqualTo(ENTRIES - entries);
            });
            assertThat(counts(cache).removals()).isZero();
        }
    }

    @Test
    void sumWithoutADeadMemberIsThatOfTheOthersAndSaysWhoIsMissing() throws JMException {
        try (LocalRing ring = ring()) {
            List<Cache<String, String>> caches = openOnAll(ring);
            caches.forEach(cache -> cache.put("k", "v"));
            assertThat(counts(caches.get(0)).puts()).isEqualTo(3);
            ring.kill(2);

            StatisticsSum sum = sum(caches.get(0), StatisticsScope.CLUSTER);
            assertThat(sum.membersMissing()).containsExactly("n3");
            assertThat(sum.isPartial()).isTrue();
            assertThat(sum.members()).isEqualTo(2);
            assertThat(sum.counts().puts()).isEqualTo(2);
            assertThat(ring.metrics(0).node().read(MetricName.STATISTICS_UNANSWERED))
                    .isPositive();
            Awaitility.await().until(() -> attribute("Partial").equals(true));
            assertThat((String[]) attribute("MembersMissing")).containsExactly("n3");
            assertThat(attribute("CachePuts")).isEqualTo(2L);
        }
    }

    @Test
    void localScopeStaysThatOfTheManagerAndCanBeSummedAllTheSame() throws JMException {
        try (LocalRing ring = ring("hypercache.statistics.scope=local")) {
            List<Cache<String, String>> caches = openOnAll(ring);
            caches.forEach(cache -> cache.put("k", "v"));
            ring.manager(2).enableStatistics("summed", false);
            caches.get(2).put("k", "not counted");

            assertThat(attribute("CachePuts")).isEqualTo(1L);
            assertThat(counts(caches.get(0)).puts()).isEqualTo(3);
            assertThat(isEnabled(caches.get(0))).isTrue();
        }
    }
}
