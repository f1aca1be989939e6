package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A listener at one process hears what the others write, while these are killed one after the other and return: of each key in
 * order, nothing twice, and the last state of every key. {@code -Dtest.cluster.events} says how many events to wait for, and
 * {@code -Dtest.cluster.events.kills} how many processes die meanwhile.
 */
@Tag("cluster")
@Timeout(600)
final class ListenerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final long EVENTS = Long.getLong("test.cluster.events", 10_000);
    private static final int KILLS = Integer.getInteger("test.cluster.events.kills", 2);
    private static final int NODES = 4;

    @Test
    void listenerHearsInOrderAndOfTheLastStateWhileLeadersAreKilled() throws Exception {
        try (LivingRing ring = new LivingRing(NODES, 3, List.of("hypercache.ring.slots=64"))) {
            ring.start(0, 1, 2, 3);
            ring.awaitSettled();
            assertThat(ring.ask(0, "listen")).isEqualTo("done");
            for (int node = 1; node < NODES; node++) {
                assertThat(ring.ask(node, "load", "n" + node)).isEqualTo("done");
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                long wanted = EVENTS * kill / (KILLS + 1);
                await().atMost(PATIENCE).until(() -> heard(ring)[0] >= wanted);
                int victim = 1 + kill % (NODES - 1);
                ring.kill(victim);
                ring.start(victim);
                ring.awaitSettled();
                assertThat(ring.ask(victim, "load", "n" + victim + "again" + kill))
                        .isEqualTo("done");
            }
            await().atMost(PATIENCE).until(() -> heard(ring)[0] >= EVENTS);
            for (int node = 1; node < NODES; node++) {
                assertThat(ring.ask(node, "unload")).isEqualTo("done");
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ring.ask(0, "missed")).matches("0 [1-9]\\d*"));
            long[] figures = heard(ring);
            System.out.println("listener at one of " + NODES + " processes, " + KILLS + " of the others killed: "
                    + figures[0] + " events, " + figures[1] + " out of order, " + figures[2]
                    + " repeated, entries not told: "
                    + ring.ask(0, "missed").replace(" ", " of "));
            assertThat(figures[1]).isZero();
            assertThat(figures[2]).isZero();
        }
    }

    private static long[] heard(LivingRing ring) {
        String[] words = ring.ask(0, "heard").split(" ");
        return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])};
    }
}
