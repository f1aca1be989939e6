package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statistics of a ring of three processes: each of them has the sum of what all did. */
@Tag("cluster")
final class RingStatisticsTest {

    private static final int KEYS_PER_NODE = 60;
    private static final List<String> SETTINGS = List.of(
            "hypercache.statistics.scope=cluster",
            "hypercache.cache.driven.statistics=on",
            "hypercache.cache.driven.max.entries=90",
            "hypercache.cache.driven.expiry=created:4s");

    private static ProcessRing start() throws IOException {
        RingSecurity security = RingSecurity.ofRun(3);
        return new ProcessRing(
                node -> Stream.concat(security.settingsOf(node).stream(), SETTINGS.stream())
                        .toList(),
                ProcessRing.LOG,
                event -> {},
                (node, line) -> {});
    }

    private static StatisticsLine statistics(ProcessRing ring, int node) {
        return StatisticsLine.parse(ring.ask(node, "statistics"));
    }

    @Test
    void operationsAndLossesOfAllProcessesAddUpAndADeadOneIsNamed() throws Exception {
        try (ProcessRing ring = start()) {
            long removals = 0;
            for (int i = 0; i < 3 * KEYS_PER_NODE; i++) {
                int node = i % 3;
                assertThat(ring.ask(node, "put", "k" + i, "v")).isEqualTo("done");
                assertThat(ring.ask((node + 1) % 3, "get", "k" + i)).isIn("v", "null");
                if (i % 6 == 0) {
                    removals += ring.ask((node + 2) % 3, "remove", "k" + i).equals("true") ? 1 : 0;
                }
            }
            long puts = 3L * KEYS_PER_NODE;
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                StatisticsLine now = statistics(ring, 0);
                assertThat(now.removals() + now.evictions() + now.expirations()).isEqualTo(puts);
            });

            StatisticsLine sum = statistics(ring, 0);
            assertThat(sum.gets()).isEqualTo(puts);
            assertThat(sum.puts()).isEqualTo(puts);
            assertThat(sum.removals()).isEqualTo(removals);
            assertThat(sum.evictions()).isPositive();
            assertThat(sum.expirations()).isPositive();
            assertThat(sum.missing()).isEmpty();
            assertThat(statistics(ring, 1)).isEqualTo(sum);
            assertThat(statistics(ring, 2)).isEqualTo(sum);

            ring.kill(2);
            StatisticsLine rest = statistics(ring, 0);
            assertThat(rest.missing()).containsExactly("n3");
            assertThat(rest.puts()).isEqualTo(2L * KEYS_PER_NODE);
            assertThat(rest.gets()).isEqualTo(2L * KEYS_PER_NODE);
            assertThat(statistics(ring, 1).missing()).containsExactly("n3");
        }
    }
}
