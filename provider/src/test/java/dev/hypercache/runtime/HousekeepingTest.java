package dev.hypercache.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hypercache.core.op.Put;
import dev.hypercache.core.op.Remove;
import dev.hypercache.core.record.ExpiryRule;
import dev.hypercache.spi.storage.RetentionLimits;
import dev.hypercache.telemetry.MetricName;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HousekeepingTest {

    private static final ExpiryRule BRIEF = new ExpiryRule(100, 100, 100);
    private static final int BOUND = 200;
    /**
     * What the policy lets pass, what it gave up when that was too much and nobody has evicted yet, and per writer what it
     * wrote just now, before and after, and what it took to evict and has not yet.
     */
    private static final long OVERSHOOT = 64 + 64 + 4 * (2 + 16);

    private final Crew crew = new Crew();
    private final TestNode node = TestNode.patient("housekeeping");

    @AfterEach
    void stop() {
        crew.close();
        node.close();
    }

    @Test
    void timerThreadStartsWithTheFirstEntryThatCanExpireAndEndsWithTheNode() {
        LocalClient client = node.openClient("cache", RetentionLimits.unbounded(), false);
        client.execute(new Put("a", "v", ExpiryRule.NEVER));
        client.read("a");
        assertThat(timerThreads("housekeeping")).isZero();
        client.execute(new Put("b", "v", BRIEF));
        client.execute(new Put("c", "v", BRIEF));
        assertThat(timerThreads("housekeeping")).isEqualTo(1);
        node.close();
        assertThat(timerThreads("housekeeping")).isZero();
        client.execute(new Put("d", "v", BRIEF));
        assertThat(timerThreads("housekeeping")).as("after close").isZero();
    }

    @Test
    void nodeThatIsClosedOpensNoCache() {
        node.close();
        node.close();
        assertThatThrownBy(() -> node.open("late"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'housekeeping' is LEFT");
    }

    @Test
    void expiredEntriesGoUntouchedAndTickingStopsWhenNothingIsLeftToExpire() {
        LocalClient client = node.openClient("cache", RetentionLimits.unbounded(), false);
        client.execute(new Put("brief", "v", BRIEF));
        client.execute(new Put("removed", "v", BRIEF));
        client.execute(new Put("eternal", "v", ExpiryRule.NEVER));
        client.execute(new Remove("removed"));
        node.time.advance(3_000);
        await().until(() -> node.changes.contains("EXPIRED brief"));
        assertThat(client.entries()).isEqualTo(1);

        // Another node's ticks tell that enough time went by for this one to have ticked.
        try (TestNode pulse = TestNode.patient("pulse")) {
            pulse.openClient("cache", RetentionLimits.unbounded(), false).execute(new Put("k", "v", BRIEF));
            await().until(() -> pulse.counted(MetricName.TIMER_TICKS) >= 1);
            long ticks = node.counted(MetricName.TIMER_TICKS);
            await().until(() -> pulse.counted(MetricName.TIMER_TICKS) >= 3);
            assertThat(node.counted(MetricName.TIMER_TICKS)).isEqualTo(ticks);
        }

        client.execute(new Put("again", "v", BRIEF));
        node.time.advance(3_000);
        await().until(() -> node.changes.contains("EXPIRED again"));
        assertThat(node.changes).containsOnlyOnce("EXPIRED brief", "EXPIRED again");
    }

    @Test
    void boundedCacheStaysWithinItsBoundUnderConcurrentWriters() {
        LocalClient client = node.openClient("cache", new RetentionLimits(BOUND, RetentionLimits.UNBOUNDED), true);
        crew.together(4, thread -> {
            for (int i = 0; i < 20_000; i++) {
                client.execute(new Put(thread * 100_000 + i, "v", ExpiryRule.NEVER));
            }
        });
        assertThat(node.liveMost()).as("the most entries at any time").isBetween((long) BOUND, BOUND + OVERSHOOT);
        assertSettlesWithinBound(client);
        assertThat(client.entries()).as("what a full cache keeps").isGreaterThan(BOUND / 2);
    }

    @Test
    void evictionAndClearLeavePolicyAndStoreInStep() {
        LocalClient client = node.openClient("cache", new RetentionLimits(BOUND, RetentionLimits.UNBOUNDED), false);
        crew.together(4, thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            for (int i = 0; i < 10_000; i++) {
                int key = random.nextInt(3 * BOUND);
                int dice = random.nextInt(100);
                if (dice < 70) {
                    client.execute(new Put(key, "v", dice < 35 ? BRIEF : ExpiryRule.NEVER));
                } else if (dice < 85) {
                    client.read(key);
                } else if (dice < 99) {
                    client.execute(new Remove(key));
                } else {
                    client.clear();
                }
                if (thread == 0 && i % 100 == 0) {
                    node.time.advance(10);
                }
            }
        });
        assertSettlesWithinBound(client);
        // An entry that the policy lost sight of would stay for ever and take a place beyond the bound.
        for (int key = 0; key < 20 * BOUND; key++) {
            client.execute(new Put("fresh" + key, "v", ExpiryRule.NEVER));
        }
        assertThat(client.entries()).isLessThanOrEqualTo(BOUND);
        client.clear();
        for (int key = 0; key < BOUND; key++) {
            client.execute(new Put("last" + key, "v", ExpiryRule.NEVER));
        }
        assertThat(client.entries())
                .as("no place is taken by a key that is gone")
                .isEqualTo(BOUND);
    }

    /** The next operation after a burst does what the burst left to do. */
    private static void assertSettlesWithinBound(LocalClient client) {
        client.execute(new Put("settles", "v", ExpiryRule.NEVER));
        assertThat(client.entries()).isLessThanOrEqualTo(BOUND);
    }

    private static long timerThreads(String node) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("hypercache-timer-" + node))
                .count();
    }
}
