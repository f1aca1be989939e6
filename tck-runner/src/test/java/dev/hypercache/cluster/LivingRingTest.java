package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes come and go while an application works: nothing is lost, nothing comes back, and its calls do not fail. */
@Tag("cluster")
@Tag("long")
@Timeout(900)
final class LivingRingTest {

    private static final int ENTRIES = Integer.getInteger("test.cluster.living.entries", 20_000);
    private static final int KILLS = Integer.getInteger("test.cluster.living.kills", 4);
    private static final int SLOTS = Integer.getInteger("test.cluster.living.slots", 256);

    /** What nodes send of moving slots in a second, where that is tested. */
    private static final int RATE = 256 * 1024;

    private static List<String> settings(String... further) {
        List<String> settings = new ArrayList<>(List.of(further));
        settings.add("hypercache.ring.slots=" + SLOTS);
        settings.add("hypercache.metrics.jmx=on");
        return settings;
    }

    private static LivingRing ring(int most, int seeds) throws Exception {
        return new LivingRing(most, seeds, settings());
    }

    /** Nodes join, and what they are to hold moves once: 2 % more is what may be begun at one and go on at another. */
    private static void grow(LivingRing ring, int replicasLeast, int... joining) throws Exception {
        long before = ring.counted("moves_completed");
        ring.rehearse(joining);
        assertNoFailures(ring, "processes of other rings start beside it");
        ring.join(joining);
        ring.awaitSettled();
        long moved = ring.counted("moves_completed") - before;
        System.out.println("moved replicas: " + moved + ", at least " + replicasLeast);
        assertThat(moved).as("moved replicas").isBetween((long) replicasLeast, replicasLeast + replicasLeast / 50L);
    }

    /** Starts the first nodes of a ring and a load at the first of them. */
    private static void startUnderLoad(LivingRing ring, int... nodes) throws Exception {
        ring.start(nodes);
        ring.awaitSettled();
        assertThat(ring.ask(0, "churn", String.valueOf(ENTRIES))).isEqualTo("done");
    }

    private static void assertNothingLost(LivingRing ring, int node) {
        assertThat(ring.ask(node, "verify")).as("lost, and back or old").isEqualTo("0 0");
    }

    /** Operations, failures and the longest in milliseconds since it was asked last; says so. */
    private static void assertNoFailures(LivingRing ring, String what) {
        String figures = ring.ask(0, "figures");
        System.out.println(what + ": operations, failures, longest in ms: " + figures + "; replicas " + ring.shares());
        assertThat(figures.split(" ")[1]).as("failed operations: " + what).isEqualTo("0");
    }

    private static void assertShared(LivingRing ring, int replicas) {
        List<Integer> shares = ring.shares();
        double share = (double) SLOTS * Math.min(replicas, shares.size()) / shares.size();
        assertThat(shares).allSatisfy(held -> assertThat((double) held).isBetween(0.9 * share, 1.1 * share));
    }

    @Test
    void growsFromOneToFiveAndShrinksToThree() throws Exception {
        try (LivingRing ring = ring(5, 1)) {
            startUnderLoad(ring, 0);
            grow(ring, 2 * SLOTS, 1, 2);
            assertNoFailures(ring, "1 to 3");
            assertShared(ring, 3);
            grow(ring, 3 * SLOTS / 4, 3);
            assertNoFailures(ring, "3 to 4");
            assertShared(ring, 3);
            grow(ring, 3 * SLOTS / 5, 4);
            assertNoFailures(ring, "4 to 5");
            assertShared(ring, 3);
            ring.leave(1);
            ring.awaitSettled();
            assertNoFailures(ring, "5 to 4");
            assertShared(ring, 3);
            ring.leave(3);
            ring.awaitSettled();
            assertNoFailures(ring, "4 to 3");
            assertShared(ring, 3);
            assertNothingLost(ring, 0);
        }
    }

    @Test
    void aJoinKeepsToItsRate() throws Exception {
        try (LivingRing ring = new LivingRing(2, 1, settings("hypercache.rebalance.rate=256KB/s"))) {
            startUnderLoad(ring, 0);
            ring.launch(1);
            ring.awaitReady(1);
            await().until(() -> ring.counted("moves_bytes") > 0);
            long bytesBefore = ring.counted("moves_bytes");
            long beganNanos = System.nanoTime();
            ring.awaitSettled();
            double seconds = (System.nanoTime() - beganNanos) / 1e9;
            long bytes = ring.counted("moves_bytes") - bytesBefore;
            System.out.println("moved " + bytes + " bytes in " + seconds + " s at 256KB/s at most; throttled for "
                    + ring.counted("moves_throttled") + " ms");
            assertThat(bytes).as("moved bytes").isGreaterThan(RATE);
            assertThat(bytes / (seconds + 1)).as("bytes a second").isLessThan(RATE);
            assertThat(ring.counted("moves_throttled")).as("throttled").isPositive();
            assertNothingLost(ring, 0);
        }
    }

    @Test
    void aRollingRestartIsUnnoticed() throws Exception {
        try (LivingRing ring = ring(3, 3)) {
            startUnderLoad(ring, 0, 1, 2);
            for (int node : new int[] {1, 2}) {
                ring.leave(node);
                ring.start(node);
                ring.awaitSettled();
                assertNoFailures(ring, "restart of " + node);
            }
            assertNothingLost(ring, 0);
        }
    }

    @Test
    void aKilledNodeReturnsUnderItsName() throws Exception {
        try (LivingRing ring = ring(3, 3)) {
            startUnderLoad(ring, 0, 1, 2);
            for (int round = 0; round < KILLS; round++) {
                int node = 1 + round % 2;
                ring.kill(node);
                ring.start(node);
                ring.awaitSettled();
                System.out.println("killed and back: " + ring.ask(0, "figures"));
            }
            assertNothingLost(ring, 0);
            assertThat(ring.rings()).hasSize(1);
        }
    }

    /** Which generation of its ring a node is in. */
    private static String generation(LivingRing ring) {
        String said = ring.rings().get(0);
        return said.substring(said.lastIndexOf('/') + 1);
    }

    @Test
    void aRingOfTwoGoesOnOnceTheOtherIsBack() throws Exception {
        try (LivingRing ring = ring(2, 2)) {
            startUnderLoad(ring, 0, 1);
            for (int round = 0; round < KILLS; round++) {
                ring.kill(1);
                ring.start(1);
                ring.awaitSettled();
                System.out.println("one of two killed and back: " + ring.ask(0, "figures") + "; " + generation(ring));
            }
            assertNothingLost(ring, 0);
            assertThat(ring.rings()).hasSize(1);
        }
    }

    @Test
    void aRingOfTwoGoesOnWithAnotherNodeAtOneCommand() throws Exception {
        try (LivingRing ring = ring(3, 2)) {
            startUnderLoad(ring, 0, 1);
            ring.kill(1);
            ring.launch(2);
            await().until(() -> ring.ask(0, "reform", "n2").equals("done"));
            ring.awaitReady(2);
            ring.awaitSettled();
            System.out.println("one of two replaced: " + ring.ask(0, "figures") + "; " + generation(ring));
            assertNothingLost(ring, 0);
        }
    }

    @Test
    void aRingThatLostTwoOfThreeServesAgain() throws Exception {
        try (LivingRing ring = ring(3, 3)) {
            ring.start(0, 1, 2);
            ring.awaitSettled();
            assertThat(ring.ask(0, "put", "before", "1")).isEqualTo("done");
            ring.kill(1);
            ring.kill(2);
            ring.start(1, 2);
            ring.awaitSettled();
            assertThat(ring.rings()).hasSize(1);
            assertThat(ring.ask(1, "get", "before")).isEqualTo("null");
            assertThat(ring.ask(1, "put", "after", "2")).isEqualTo("done");
            assertThat(ring.ask(2, "get", "after")).isEqualTo("2");
            System.out.println("two of three killed and back: " + generation(ring));
        }
    }
}
