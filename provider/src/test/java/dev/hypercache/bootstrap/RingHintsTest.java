package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.telemetry.MetricName;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import dev.hypercache.transport.local.LocalNetwork;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node of a ring of three that is cut off for a while misses nothing: writes and removals reach it when it is back. */
@Timeout(60)
final class RingHintsTest {

    private static final int ENTRIES = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LocalNetwork network = new LocalNetwork();
    private final Faults faults = Faults.of(FaultPlan.seeded(42).build());

    /** Without repair in the background, so that nothing else brings what was missed. */
    private LocalRing ring(String... settings) {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.repair.enabled", "off");
        properties.setProperty("hypercache.read-repair.enabled", "off");
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        return LocalRing.of(3, properties, network, faults.around(network));
    }

    private static Cache<String, String> cache(LocalRing ring) {
        return ring.manager(0)
                .createCache("books", new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    }

    private static long sum(LocalRing ring, MetricName metric) {
        long sum = 0;
        for (int node = 0; node < ring.size(); node++) {
            sum += ring.metrics(node).node().read(metric);
        }
        return sum;
    }

    private static boolean isEqual(LocalRing ring) {
        for (int slot = 0; slot < 16; slot++) {
            String first = root(ring, 0, slot);
            if (!root(ring, 1, slot).equals(first) || !root(ring, 2, slot).equals(first)) {
                return false;
            }
        }
        return true;
    }

    private static String root(LocalRing ring, int node, int slot) {
        return Objects.requireNonNull(ring.merkle(node, slot), "copy").root();
    }

    /** Writes and removes while the third node hears nothing. */
    private void writeWhileOneIsAway(LocalRing ring, Cache<String, String> cache) {
        for (int i = 0; i < ENTRIES; i++) {
            cache.put("k" + i, "old");
        }
        await().atMost(PATIENCE).until(() -> isEqual(ring));
        faults.isolate("n3");
        await().atMost(PATIENCE).until(() -> sum(ring, MetricName.MEMBERS_SUSPECTED) >= 2);
        for (int i = 0; i < ENTRIES; i++) {
            if (i % 4 == 0) {
                cache.remove("k" + i);
            } else {
                cache.put("k" + i, "new");
            }
        }
        assertThat(isEqual(ring)).isFalse();
    }

    private static void check(Cache<String, String> cache) {
        for (int i = 0; i < ENTRIES; i++) {
            assertThat(cache.get("k" + i)).isEqualTo(i % 4 == 0 ? null : "new");
        }
    }

    @Test
    void whatWasMissedIsSentOnceTheNodeIsBack() {
        try (LocalRing ring = ring()) {
            Cache<String, String> cache = cache(ring);
            writeWhileOneIsAway(ring, cache);
            await().atMost(PATIENCE).until(() -> sum(ring, MetricName.HINTS_PENDING) >= ENTRIES);
            assertThat(sum(ring, MetricName.HINTS_BYTES)).isGreaterThan(ENTRIES * 100L);
            assertThat(sum(ring, MetricName.TOMBSTONES))
                    .as("the absent node may hold what they deleted")
                    .isPositive();

            faults.heal();

            await().atMost(PATIENCE).until(() -> isEqual(ring) && sum(ring, MetricName.HINTS_PENDING) == 0);
            assertThat(sum(ring, MetricName.HINTS_REPLAYED)
                            + sum(ring, MetricName.HINTS_DROPPED)
                            + sum(ring, MetricName.HINTS_EXPIRED))
                    .isEqualTo(sum(ring, MetricName.HINTS_QUEUED));
            await().atMost(PATIENCE).until(() -> sum(ring, MetricName.TOMBSTONES) == 0);
            assertThat(sum(ring, MetricName.FLOORS_RAISED)).isPositive();
            check(cache);
        }
    }

    @Test
    void nothingIsRememberedWhenSwitchedOffAndTheNodeIsComparedAsAWhole() {
        try (LocalRing ring = ring("hypercache.hint.enabled", "off")) {
            Cache<String, String> cache = cache(ring);
            writeWhileOneIsAway(ring, cache);

            faults.heal();

            await().atMost(PATIENCE).until(() -> isEqual(ring));
            assertThat(sum(ring, MetricName.HINTS_QUEUED)).isZero();
            check(cache);
        }
    }

    @Test
    void limitIsKeptCountedAndMendedByComparison() {
        try (LocalRing ring = ring("hypercache.hint.max.per-node", "10")) {
            Cache<String, String> cache = cache(ring);
            writeWhileOneIsAway(ring, cache);
            await().atMost(PATIENCE).until(() -> sum(ring, MetricName.HINTS_DROPPED) > 10);
            assertThat(sum(ring, MetricName.HINTS_PENDING)).isLessThanOrEqualTo(30);

            faults.heal();

            await().atMost(PATIENCE).until(() -> isEqual(ring));
            check(cache);
        }
    }
}
