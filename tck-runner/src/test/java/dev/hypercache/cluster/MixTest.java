package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.cluster.CallLog.Call;
import dev.hypercache.sim.check.Invocation;
import dev.hypercache.sim.check.LinearizabilityChecker;
import dev.hypercache.sim.check.NoResurrection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the simulator's clients do, done through JCache at three nodes while one of them stands still or dies, and judged by the
 * simulator's checkers. {@code -Dtest.cluster.mix.seeds} says how often, each time with other choices.
 */
@Tag("cluster")
final class MixTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long WARM_CALLS = 600;
    private static final long MORE_CALLS = 1_000;

    private final CallLog log = new CallLog();
    private TestRing ring;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("test.cluster.mix.seeds", 1));
    }

    @BeforeEach
    void start() throws Exception {
        ring = TestRing.start(log::report);
    }

    private void startClients(long seed) {
        for (int node = 0; node < 3; node++) {
            assertThat(ring.ask(node, "mix", Integer.toString(node), Long.toString(seed)))
                    .isEqualTo("done");
        }
        awaitMore(WARM_CALLS, 0, 1, 2);
    }

    @AfterEach
    void end() {
        ring.close();
    }

    /** Until the clients of each node have made so many calls more. */
    private void awaitMore(long calls, int... nodes) {
        Map<Integer, Long> before = new HashMap<>();
        for (int node : nodes) {
            before.put(node, log.endedAt(node));
        }
        await().atMost(PATIENCE)
                .until(() -> before.entrySet().stream()
                        .allMatch(entry -> log.endedAt(entry.getKey()) >= entry.getValue() + calls));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void callsHaveAnOrderAroundANodeThatStandsStill(long seed) throws Exception {
        startClients(seed);
        ring.pause(1);
        awaitMore(MORE_CALLS, 0, 2);
        ring.resume(1);
        awaitMore(MORE_CALLS, 0, 1, 2);

        judge(0, 1, 2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void callsHaveAnOrderAroundANodeThatDies(long seed) throws Exception {
        startClients(seed);
        ring.kill(2);
        awaitMore(MORE_CALLS, 0, 1);

        judge(0, 1);
    }

    private void judge(Integer... nodes) {
        for (int node : nodes) {
            assertThat(ring.ask(node, "unload")).isEqualTo("done");
        }
        assertThat(log.broken()).isEmpty();
        System.out.println(summary());
        List<Invocation> plain = WallHistory.of(log.calls(MixCaches.PLAIN));
        assertThat(new LinearizabilityChecker().check(plain)).isEmpty();
        assertThat(new LinearizabilityChecker().check(WallHistory.ofBrief(log.calls(MixCaches.BRIEF))))
                .isEmpty();
        assertThat(NoResurrection.complaints(plain, present(nodes[0]))).isEmpty();
        assertThat(OwnKeyChecks.staleNearReads(log.calls(MixCaches.LEVELS))).isEmpty();
        for (int node : nodes) {
            assertThat(CounterChecks.wrong(
                            log.calls(MixCaches.COUNTERS), key -> ring.ask(node, "look", MixCaches.COUNTERS, key)))
                    .isEmpty();
            Set<Integer> writers = Set.of(nodes);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(wrongLooseKeys(node, writers)).isEmpty());
        }
    }

    private String summary() {
        Map<String, Map<String, Long>> counts =
                List.of(MixCaches.PLAIN, MixCaches.BRIEF, MixCaches.COUNTERS, MixCaches.LEVELS, MixCaches.LOOSE)
                        .stream()
                        .collect(Collectors.toMap(
                                name -> name,
                                name -> log.calls(name).stream()
                                        .collect(Collectors.groupingBy(MixTest::end, Collectors.counting()))));
        return "calls on 3 nodes, by cache and end: " + counts;
    }

    private static String end(Call call) {
        return call.isOpen() ? "indeterminate" : call.hasFailed() ? "failed" : "answered";
    }

    /** What is left in the plain cache. */
    private Map<Object, Object> present(int node) {
        Map<Object, Object> present = new HashMap<>();
        for (String key : keys(MixCaches.PLAIN)) {
            String found = key.equals(Report.ALL_KEYS) ? "null" : ring.ask(node, "look", MixCaches.PLAIN, key);
            assertThat(found).doesNotContain("failed");
            if (!found.equals("null")) {
                present.put(key, found);
            }
        }
        return present;
    }

    private Set<String> keys(String cache) {
        return log.calls(cache).stream()
                .map(call -> call.report().key())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of the cache that nobody orders: what its only writer, at a node that lives, did last to a key must be everywhere. */
    private List<String> wrongLooseKeys(int node, Set<Integer> writers) {
        List<String> wrong = new ArrayList<>();
        List<Call> calls = log.calls(MixCaches.LOOSE).stream()
                .filter(call -> writers.contains(call.report().client() / Mix.CLIENTS_OF_NODE))
                .toList();
        for (String key : calls.stream().map(call -> call.report().key()).collect(Collectors.toSet())) {
            String found = ring.ask(node, "look", MixCaches.LOOSE, key);
            Set<String> left = OwnKeyChecks.left(calls, key);
            if (!left.contains(found.equals("null") ? null : found)) {
                wrong.add(key + " is " + found + " at node " + node + ", not " + left);
            }
        }
        return wrong;
    }
}
