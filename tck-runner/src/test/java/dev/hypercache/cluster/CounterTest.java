package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.cluster.CallLog.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Twelve writers of three processes add to counters while one process after the other is killed, each of which leads the slots of
 * some of them, and returns. A counter ends with the acknowledged increments and at most those of which nobody was told what
 * came; these were under way at a kill. {@code -Dtest.cluster.counter.kills} says how many.
 */
@Tag("cluster")
@Tag("sockets")
@Timeout(600)
final class CounterTest {

    private static final int KILLS = Integer.getInteger("test.cluster.counter.kills", 1);
    private static final int WRITERS = 3 * CounterLoad.WRITERS_OF_NODE;
    private static final long CALLS_BETWEEN = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SETTINGS = List.of("hypercache.ring.slots=64");

    private final CallLog log = new CallLog();
    private final List<Kill> kills = new ArrayList<>();
    private int started;

    /** When a process was killed, by the clock that all processes of a machine share. */
    private record Kill(long fromNanos, long toNanos) {

        boolean isDuring(Call call) {
            return call.report().nanos() <= toNanos && call.endNanos() >= fromNanos;
        }
    }

    @Test
    void countersAreWhatWasAcknowledgedWhileLeadersAreKilled() throws Exception {
        try (LivingRing ring = new LivingRing(3, 3, SETTINGS, log::report)) {
            ring.start(0, 1, 2);
            ring.awaitSettled();
            for (int node = 0; node < 3; node++) {
                startWriters(ring, node);
            }
            awaitMore();
            for (int kill = 0; kill < KILLS; kill++) {
                killAndReturn(ring, kill % 3);
            }
            for (int node = 0; node < 3; node++) {
                assertThat(ring.ask(node, "unload")).isEqualTo("done");
            }
            judge(ring);
        }
    }

    private void startWriters(LivingRing ring, int node) {
        assertThat(ring.ask(node, "increment", Integer.toString(started))).isEqualTo("done");
        started += CounterLoad.WRITERS_OF_NODE;
    }

    private void killAndReturn(LivingRing ring, int node) throws Exception {
        long fromNanos = System.nanoTime();
        ring.kill(node);
        kills.add(new Kill(fromNanos, System.nanoTime()));
        awaitMore();
        ring.start(node);
        ring.awaitSettled();
        startWriters(ring, node);
        awaitMore();
    }

    private void awaitMore() {
        long enough = log.answered(MixCaches.COUNTERS) + CALLS_BETWEEN;
        await().atMost(PATIENCE).until(() -> log.answered(MixCaches.COUNTERS) >= enough);
    }

    private void judge(LivingRing ring) {
        List<Call> calls = log.calls(MixCaches.COUNTERS);
        List<Call> indeterminate = calls.stream().filter(Call::isOpen).toList();
        long underWay = calls.stream()
                .filter(call -> kills.stream().anyMatch(kill -> kill.isDuring(call)))
                .count();
        long acknowledged = calls.stream().filter(Call::isAnswered).count();
        System.out.println(kills.size() + " kills under " + WRITERS + " writers: " + acknowledged
                + " calls answered, " + calls.stream().filter(Call::hasFailed).count() + " without effect, " + underWay
                + " under way at the kills, " + indeterminate.size() + " of them indeterminate:");
        indeterminate.forEach(
                call -> System.out.println("  writer " + call.report().client() + ", counter "
                        + call.report().key() + ", " + (call.end() == null ? "killed with its caller" : "told so")));

        assertThat(log.broken()).isEmpty();
        for (int node = 0; node < 3; node++) {
            int looking = node;
            assertThat(CounterChecks.wrong(calls, key -> ring.ask(looking, "look", MixCaches.COUNTERS, key)))
                    .as("at node " + node)
                    .isEmpty();
        }
        assertThat((long) indeterminate.size()).isLessThanOrEqualTo(underWay);
        assertThat(indeterminate).allSatisfy(call -> assertThat(kills).anyMatch(kill -> kill.isDuring(call)));
    }
}
