package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hypercache.core.control.Member;
import dev.hypercache.core.ring.SlotConfiguration;
import dev.hypercache.runtime.call.RingOperations;
import dev.hypercache.telemetry.MetricName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes come and go while the application works: nothing acknowledged is lost, and nothing removed comes back. */
@Timeout(120)
final class ChangingRingTest {

    private static final int KEYS = 2_000;
    private static final int SLOTS = 64;

    private final LocalRing ring = LocalRing.of(3, properties());

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", String.valueOf(SLOTS));
        properties.setProperty("hypercache.evict.after", "1s");
        properties.setProperty("hypercache.gossip.interval", "200ms");
        properties.setProperty("hypercache.gossip.probe.timeout", "150ms");
        return properties;
    }

    @AfterEach
    void close() {
        ring.close();
    }

    private Cache<String, String> cache(int node) {
        Cache<String, String> present = ring.manager(node).getCache("books", String.class, String.class);
        return present != null
                ? present
                : ring.manager(node)
                        .createCache(
                                "books",
                                new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    }

    /** Waits for these nodes alone: another one may not know yet that it is out. */
    private void settle(int... nodes) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            for (int node : nodes) {
                if (!ring.node(node).operations().report().isSafeToStop()) {
                    return false;
                }
            }
            return true;
        });
    }

    private void settle() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(ring::isSettled);
    }

    private int held(int node) {
        int held = 0;
        int shortId = shortId(node);
        for (int slot = 0; slot < SLOTS; slot++) {
            SlotConfiguration of = ring.node(node).agreed().slots().configuration(slot);
            held += of.voters().contains(shortId) ? 1 : 0;
        }
        return held;
    }

    private int shortId(int node) {
        Member member = ring.node(node).agreed().roster().member(ring.id(node));
        assertThat(member).isNotNull();
        return member == null ? 0 : member.shortId();
    }

    /** Writes and removes through one node until it is told to stop. */
    private final class Load implements AutoCloseable {
        private final Map<String, @Nullable String> written = new HashMap<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final Thread thread;
        private long longestNanos;

        Load(int node) {
            Cache<String, String> cache = cache(node);
            for (int key = 0; key < KEYS; key++) {
                cache.put("k" + key, "first");
                written.put("k" + key, "first");
            }
            thread = new Thread(() -> work(cache), "load");
            thread.start();
        }

        private void work(Cache<String, String> cache) {
            try {
                for (int i = 0; !stopped.get(); i++) {
                    String key = "k" + (i * 31 % KEYS);
                    long beganNanos = System.nanoTime();
                    if (i % 5 == 0) {
                        cache.remove(key);
                        written.put(key, null);
                    } else {
                        cache.put(key, "v" + i);
                        written.put(key, "v" + i);
                    }
                    longestNanos = Math.max(longestNanos, System.nanoTime() - beganNanos);
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        }

        void verify(int node) throws InterruptedException {
            stopped.set(true);
            thread.join();
            assertThat(failure.get()).isNull();
            Cache<String, String> cache = cache(node);
            written.forEach((key, value) -> assertThat(cache.get(key)).as(key).isEqualTo(value));
            System.out.println("longest operation: " + longestNanos / 1_000_000 + " ms");
        }

        @Override
        public void close() {
            stopped.set(true);
        }
    }

    @Test
    void aNodeThatJoinsTakesItsShareUnderLoad() throws InterruptedException {
        try (Load load = new Load(0)) {
            int joined = ring.join();
            settle();
            assertThat(held(joined)).isBetween(SLOTS * 3 / 4 - 2, SLOTS * 3 / 4 + 2);
            assertThat(held(0)).isBetween(SLOTS * 3 / 4 - 2, SLOTS * 3 / 4 + 2);
            load.verify(joined);
        }
        long begun = 0;
        long ended = 0;
        for (int node = 0; node < ring.size(); node++) {
            begun += ring.metrics(node).node().read(MetricName.MOVES_BEGUN);
            ended += ring.metrics(node).node().read(MetricName.MOVES_COMPLETED)
                    + ring.metrics(node).node().read(MetricName.MOVES_FAILED);
        }
        assertThat(begun).isEqualTo(ended).isBetween(40L, 70L);
    }

    @Test
    void aNodeThatLeavesHandsOverUnderLoad() throws InterruptedException {
        try (Load load = new Load(0)) {
            ring.join();
            settle();
            ring.leave(1);
            settle();
            assertThat(ring.node(0).agreed().roster().size()).isEqualTo(3);
            assertThat(held(0)).isEqualTo(SLOTS);
            load.verify(2);
        }
    }

    @Test
    void aNodeThatReturnsUnderItsNameIsFilledAgain() throws InterruptedException {
        try (Load load = new Load(0)) {
            ring.kill(1);
            ring.restart(1);
            settle();
            assertThat(held(1)).isEqualTo(SLOTS);
            load.verify(1);
        }
    }

    @Test
    void aDeadNodeIsRemovedAndOthersGetWhatItHeld() throws InterruptedException {
        try (Load load = new Load(0)) {
            ring.join();
            settle();
            ring.kill(1);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> ring.node(0).agreed().roster().size() == 3);
            settle();
            assertThat(held(0)).isEqualTo(SLOTS);
            assertThat(held(2)).isEqualTo(SLOTS);
            assertThat(held(3)).isEqualTo(SLOTS);
            load.verify(3);
        }
    }

    @Test
    void anOperatorRemovesWhoWillNotReturn() {
        RingOperations operations = ring.node(0).operations();
        assertThatThrownBy(() -> operations.remove("nobody", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[n1, n2, n3]");
        assertThatThrownBy(() -> operations.remove("n3", false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("answers");

        operations.remove("n3", true);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> operations.report().members().size() == 2);
        settle(0, 1);
        assertThat(operations.report().isSafeToStop()).isTrue();
    }

    @Test
    void slotsGetAsManyReplicasAsAnOperatorSays() throws InterruptedException {
        RingOperations operations = ring.node(0).operations();
        try (Load load = new Load(0)) {
            for (int replicas : new int[] {2, 3}) {
                operations.setReplicationFactor(replicas);
                settle();
                assertThat(held(0) + held(1) + held(2)).isEqualTo(replicas * SLOTS);
            }
            load.verify(1);
        }
        assertThatThrownBy(() -> operations.setReplicationFactor(8)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cachesReachANodeThatJoins() {
        cache(0).put("k", "v");
        int joined = ring.join();
        assertThat(cache(joined).get("k")).isEqualTo("v");
        assertThat(ring.manager(joined).getCacheNames()).contains("books");
    }

    @Test
    void theRingShrinksToOneAndGrowsAgain() throws InterruptedException {
        try (Load load = new Load(0)) {
            ring.leave(1);
            ring.leave(2);
            settle();
            assertThat(ring.node(0).agreed().roster().size()).isEqualTo(1);
            ring.restart(1);
            ring.restart(2);
            settle();
            assertThat(held(1)).isEqualTo(SLOTS);
            assertThat(held(2)).isEqualTo(SLOTS);
            load.verify(2);
        }
    }
}
