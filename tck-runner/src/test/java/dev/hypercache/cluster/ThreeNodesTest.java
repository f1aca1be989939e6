package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a ring of three owes its callers when one of its nodes dies or stands still. */
@Tag("cluster")
final class ThreeNodesTest {

    private static final int KEYS = 300;
    private static final long PAUSE_SECONDS = Long.getLong("test.cluster.pause.seconds", 30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, @Nullable String> expected = new HashMap<>();
    private TestRing ring;

    @BeforeEach
    void start() throws Exception {
        ring = TestRing.start();
    }

    @AfterEach
    void end() {
        ring.close();
    }

    private void put(int node, int key, String value) {
        assertThat(ring.ask(node, "put", "k" + key, value)).isEqualTo("done");
        expected.put("k" + key, value);
    }

    private void remove(int node, int key) {
        assertThat(ring.ask(node, "remove", "k" + key)).doesNotContain("failed");
        expected.put("k" + key, null);
    }

    private void assertAllRead(int node, String how) {
        expected.forEach(
                (key, value) -> assertThat(ring.ask(node, how, key)).as(key).isEqualTo(String.valueOf(value)));
    }

    @Test
    void nothingAcknowledgedIsLostWithANode() throws Exception {
        for (int i = 0; i < KEYS; i++) {
            put(i % 3, i, "before");
        }
        ring.kill(2);
        for (int i = 0; i < KEYS; i += 3) {
            put(i % 2, i, "after");
        }
        for (int i = 1; i < KEYS; i += 3) {
            remove(i % 2, i);
        }

        assertAllRead(0, "get");
        assertAllRead(1, "get");
    }

    @Test
    void nodeThatStoodStillGetsWhatItMissed() throws Exception {
        for (int i = 0; i < KEYS; i++) {
            put(i % 3, i, "before");
        }
        ring.pause(2);
        long resumeNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PAUSE_SECONDS);
        int round = 0;
        do {
            round++;
            for (int i = 0; i < KEYS; i++) {
                if (i % 4 == 0) {
                    remove(i % 2, i);
                } else {
                    put(i % 2, i, "r" + round);
                }
            }
        } while (System.nanoTime() < resumeNanos);
        ring.resume(2);

        await().atMost(PATIENCE).untilAsserted(() -> assertAllRead(2, "near"));
        assertAllRead(2, "get");
    }
}
