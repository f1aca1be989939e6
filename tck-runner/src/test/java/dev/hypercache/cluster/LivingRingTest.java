package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    private static LivingRing ring(int most, int seeds) throws Exception {
        return new LivingRing(most, seeds, List.of("hypercache.ring.slots=" + SLOTS));
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
            ring.start(1, 2);
            ring.awaitSettled();
            assertNoFailures(ring, "1 to 3");
            assertShared(ring, 3);
            ring.start(3);
            ring.awaitSettled();
            assertNoFailures(ring, "3 to 4");
            assertShared(ring, 3);
            ring.start(4);
            ring.awaitSettled();
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
