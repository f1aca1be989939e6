package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.telemetry.MetricName;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads at QUORUM by copies that confirm each other, on a ring of three. */
@Timeout(60)
final class DigestReadsTest {

    private static final int KEYS = 1_200;

    private static LocalRing ring(String digestRead) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.digest-read.enabled", digestRead);
        properties.setProperty("hypercache.ring.slots", "64");
        return LocalRing.of(3, properties);
    }

    private static Map<String, Integer> filled(Cache<String, Integer> cache) {
        Map<String, Integer> entries = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            entries.put("k" + i, i);
        }
        cache.putAll(entries);
        return entries;
    }

    private static long digestReads(LocalRing ring) {
        return ring.metrics(0).node().read(MetricName.DIGEST_READS);
    }

    private static long requests(LocalRing ring) {
        return ring.metrics(0).node().read(MetricName.REQUESTS_LED_HERE)
                + ring.metrics(0).node().read(MetricName.REQUESTS_LED_ELSEWHERE);
    }

    @Test
    void keysThatNobodyWritesAreReadWithoutTheirLeaders() {
        try (LocalRing ring = ring("on")) {
            Cache<String, Integer> cache = ring.manager(0).createCache("c", new MutableConfiguration<>());
            Map<String, Integer> entries = filled(cache);

            Awaitility.await().untilAsserted(() -> {
                cache.put("awake", 1); // The others are heard just now.
                long requestsBefore = requests(ring);
                long readsBefore = digestReads(ring);
                assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
                assertThat(cache.get("k7")).isEqualTo(7);
                assertThat(cache.get("none")).isNull();
                assertThat(digestReads(ring) - readsBefore)
                        .as("keys read by digests")
                        .isEqualTo(KEYS + 2);
                assertThat(requests(ring) - requestsBefore)
                        .as("requests to leaders")
                        .isZero();
            });
        }
    }

    @Test
    void readsSeeEveryWriteOfOthers() {
        try (LocalRing ring = ring("on")) {
            Cache<String, Integer> reader = ring.manager(0).createCache("c", new MutableConfiguration<>());
            Cache<String, Integer> writer = ring.manager(1).createCache("c", new MutableConfiguration<>());
            for (int i = 0; i < 2_000; i++) {
                writer.put("k", i);
                assertThat(reader.get("k")).isEqualTo(i);
                if (i % 7 == 0) {
                    writer.remove("k");
                    assertThat(reader.getAll(Set.of("k"))).isEmpty();
                }
            }
            assertThat(digestReads(ring)).isPositive();
        }
    }

    @Test
    void silenceOfTheOneAskedCostsAMomentAndNoAnswer() {
        try (LocalRing ring = ring("on")) {
            Cache<String, Integer> cache = ring.manager(0).createCache("c", new MutableConfiguration<>());
            Map<String, Integer> entries = filled(cache);
            ring.kill(2);
            for (int i = 0; i < 20; i++) {
                assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
            }
        }
    }

    @Test
    void entryWhoseLifeIsOverIsNotReadFromCopies() {
        try (LocalRing ring = ring("on")) {
            Cache<String, Integer> cache = ring.manager(0)
                    .createCache(
                            "c",
                            new MutableConfiguration<String, Integer>()
                                    .setExpiryPolicyFactory(
                                            CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 300))));
            cache.put("k", 1);
            Awaitility.await().until(() -> cache.get("k") == null);
            assertThat(cache.containsKey("k")).isFalse();
        }
    }

    @Test
    void leadersAnswerWhereItIsSwitchedOff() {
        try (LocalRing ring = ring("off")) {
            Cache<String, Integer> cache = ring.manager(0).createCache("c", new MutableConfiguration<>());
            Map<String, Integer> entries = filled(cache);
            long before = requests(ring);
            assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
            assertThat(requests(ring) - before).isGreaterThanOrEqualTo(KEYS);
            assertThat(digestReads(ring)).isZero();
        }
    }
}
