package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One of three nodes dies by {@code kill -9} while all three write: no acknowledged write is lost, also none that the dead
 * node's own callers were told of. {@code -Dtest.cluster.kill.rings} says on how many fresh rings.
 *
 * <p>How long writes paused is printed: the longest time that a writing thread of the others got no acknowledgement, and how
 * long it took until every key of theirs was written anew. Keys lie in all slots, so among them are those that the dead node
 * led; the other keys make neither number smaller.
 */
@Tag("cluster")
final class KillUnderLoadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int KEYS_OF_NODE = WriteLoad.THREADS * WriteLoad.KEYS_OF_THREAD;
    private static final long WARM_WRITES = 20_000;
    private static final long MORE_WRITES = 4_000;
    private static final List<Pause> PAUSES = new ArrayList<>();

    /** How long the writes of a ring paused. */
    private record Pause(long threadMillis, long keyMillis) {}

    static IntStream rings() {
        return IntStream.range(0, Integer.getInteger("test.cluster.kill.rings", 1));
    }

    @ParameterizedTest
    @MethodSource("rings")
    void nothingAcknowledgedIsLost(int number) throws Exception {
        WriteLog log = new WriteLog();
        int victim = number % 3;
        List<Integer> survivors =
                IntStream.range(0, 3).filter(node -> node != victim).boxed().toList();
        try (TestRing ring = TestRing.start(log::report)) {
            for (int node = 0; node < 3; node++) {
                assertThat(ring.ask(node, "load", prefix(node))).isEqualTo("done");
            }
            await().atMost(PATIENCE).until(() -> log.size() >= WARM_WRITES);
            assertThat(log.keys()).hasSize(3 * KEYS_OF_NODE);
            long killedNanos = System.nanoTime();
            ring.kill(victim);
            for (int node : survivors) {
                await().atMost(PATIENCE).until(() -> log.keysWrittenSince(prefix(node), killedNanos) == KEYS_OF_NODE);
            }
            long written = log.size();
            await().atMost(PATIENCE).until(() -> log.size() >= written + MORE_WRITES);
            for (int node : survivors) {
                assertThat(ring.ask(node, "unload")).isEqualTo("done");
            }
            assertThat(lost(ring, survivors, log))
                    .as("acknowledged writes that are lost")
                    .isEmpty();
            notePause(number, victim, log, survivors, killedNanos);
        }
    }

    private static String prefix(int node) {
        return "n" + node;
    }

    private static List<String> lost(TestRing ring, List<Integer> survivors, WriteLog log) {
        List<String> lost = new ArrayList<>();
        for (String key : log.keys()) {
            for (int node : survivors) {
                String found = ring.ask(node, "get", key);
                if (!found.matches("\\d+") || Long.parseLong(found) < log.last(key)) {
                    lost.add(key + " is " + found + " at node " + node + " after " + log.last(key));
                }
            }
        }
        return lost;
    }

    private static void notePause(int number, int victim, WriteLog log, List<Integer> survivors, long killedNanos) {
        Set<String> prefixes = survivors.stream().map(KillUnderLoadTest::prefix).collect(Collectors.toSet());
        Pause pause = new Pause(
                TimeUnit.NANOSECONDS.toMillis(log.longestGap(prefixes, killedNanos)),
                TimeUnit.NANOSECONDS.toMillis(log.longestUntilWritten(prefixes, killedNanos)));
        PAUSES.add(pause);
        System.out.println("ring " + number + ": node " + victim + " of 3 killed under load, " + log.size()
                + " acknowledged writes, 0 lost; no thread waited for more than " + pause.threadMillis()
                + " ms, every key was written again after " + pause.keyMillis() + " ms");
    }

    @AfterAll
    static void sum() {
        System.out.println("pauses of writes over " + PAUSES.size() + " rings, median: "
                + median(PAUSES.stream().mapToLong(Pause::threadMillis).sorted().toArray()) + " ms of a thread, "
                + median(PAUSES.stream().mapToLong(Pause::keyMillis).sorted().toArray()) + " ms of a key");
    }

    private static long median(long[] sorted) {
        return sorted.length == 0 ? 0 : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
