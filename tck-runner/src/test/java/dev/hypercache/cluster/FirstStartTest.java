package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However processes start that are to be one ring, they are one ring, and no part of it goes its own way. */
@Tag("cluster")
@Tag("long")
@Timeout(1_200)
final class FirstStartTest {

    private static final int ROUNDS = Integer.getInteger("test.cluster.first.rounds", 10);
    private static final List<String> SETTINGS = List.of("hypercache.ring.slots=16");

    private static void assertOneRingOf(int nodes, LivingRing ring) {
        ring.awaitSettled();
        assertThat(ring.rings()).hasSize(1);
        assertThat(ring.report(0).path("members")).hasSize(nodes);
    }

    @Test
    void threeStartInAnyOrder() throws Exception {
        Random order = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> nodes = new ArrayList<>(List.of(0, 1, 2));
            Collections.shuffle(nodes, order);
            try (LivingRing ring = new LivingRing(3, 3, SETTINGS)) {
                ring.launch(nodes.get(0));
                ring.launch(nodes.get(1));
                boolean comesLate = round % 2 == 1;
                if (comesLate) {
                    ring.awaitReady(nodes.get(0)); // Two are a majority, and wait for the third only so long.
                }
                ring.launch(nodes.get(2));
                for (int node : comesLate ? nodes.subList(1, 3) : nodes) {
                    ring.awaitReady(node);
                }
                assertOneRingOf(3, ring);
            }
        }
    }

    @Test
    void seedThatIsCutOffFoundsNothing() throws Exception {
        try (LivingRing ring = new LivingRing(3, 3, SETTINGS)) {
            ring.start(1, 2);
            ring.awaitSettled();
            String founded = ring.report(1).path("ring").asText();

            assertJoinsOnceItReachesOthers(ring, founded);
        }
    }

    /** The first seed starts cut off, waits, and joins what there is when it starts again. */
    private static void assertJoinsOnceItReachesOthers(LivingRing ring, String founded) throws Exception {
        ring.launchCutOff(0);
        ring.awaitWaiting(0);
        ring.kill(0);
        ring.start(0);

        assertOneRingOf(3, ring);
        assertThat(ring.rings()).containsExactly(founded);
    }

    @Test
    void firstSeedThatRestartsCutOffFoundsNoSecondRing() throws Exception {
        for (int round = 0; round < Math.max(1, ROUNDS / 5); round++) {
            try (LivingRing ring = new LivingRing(3, 3, SETTINGS)) {
                ring.start(0, 1, 2);
                assertOneRingOf(3, ring);
                String founded = ring.report(1).path("ring").asText();
                ring.kill(0);

                assertJoinsOnceItReachesOthers(ring, founded);
            }
        }
    }

    @Test
    void minorityChangesNothing() throws Exception {
        try (LivingRing ring = new LivingRing(6, 5, SETTINGS)) {
            ring.start(0, 1, 2, 3, 4);
            assertOneRingOf(5, ring);
            for (int node : new int[] {2, 3, 4}) {
                ring.stop(node);
            }
            long before = ring.report(0).path("index").asLong();

            ring.launch(5);
            ring.awaitWaiting(5);
            assertThat(ring.ask(0, "expel", "n3")).startsWith("failed");

            assertThat(ring.report(0).path("index").asLong()).isEqualTo(before);
            assertThat(ring.report(1).path("index").asLong()).isEqualTo(before);
            for (int node : new int[] {2, 3, 4}) {
                ring.resume(node);
            }
            ring.awaitReady(5);
            assertOneRingOf(6, ring);
        }
    }
}
