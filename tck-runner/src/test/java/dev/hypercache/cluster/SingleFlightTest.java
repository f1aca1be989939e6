package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A value that many threads of three processes want is computed once, in the ways that {@link Flights} has. {@code
 * -Dtest.cluster.flight.rounds} says how often a value is evicted while it is computed.
 */
@Tag("cluster")
@Tag("sockets")
@Timeout(600)
final class SingleFlightTest {

    private static final int THREADS = 50;
    private static final int THREADS_OF_MANY_KEYS = 10;
    private static final int KEYS = 4;
    private static final int ROUNDS = Integer.getInteger("test.cluster.flight.rounds", 50);
    private static final List<String> WAYS = List.of(Flights.GET, Flights.SPRING, Flights.INVOKE);

    private final FlightLog log = new FlightLog();
    private TestRing ring;

    @BeforeEach
    void start() throws Exception {
        ring = TestRing.start(log::report);
    }

    @AfterEach
    void end() {
        ring.close();
    }

    private void fly(int node, String way, String key, int threads) {
        done(node, "fly", way, key, Integer.toString(threads));
    }

    private void done(int node, String... words) {
        assertThat(ring.ask(node, words)).isEqualTo("done");
    }

    @Test
    void threadsOfThreeProcessesComputeAColdKeyOnce() throws Exception {
        for (String way : WAYS) {
            String key = "cold." + way;
            for (int node = 0; node < 3; node++) {
                fly(node, way, key, THREADS);
            }
            log.await("the threads of " + way, () -> log.asked(key) == 3 * THREADS && log.computations(key) > 0);
            for (int node = 0; node < 3; node++) {
                done(node, "land", key);
            }
            log.await("answers by " + way, () -> log.flown(key).size() == 3 * THREADS);

            assertThat(log.computations(key)).as("computations by " + way).isEqualTo(1);
            assertThat(Set.copyOf(log.flown(key))).as("values by " + way).hasSize(1);
            assertThat(log.flown(key).get(0)).doesNotStartWith("failed");
            System.out.println(way + ": " + 3 * THREADS + " threads of 3 processes, 1 computation");
        }
    }

    /** Keys of each way, so that the dead node led some of their slots and others not. */
    @Test
    void theDeathOfTheProcessThatComputesCostsOneMoreComputation() throws Exception {
        List<String> keys = new ArrayList<>();
        for (String way : WAYS) {
            for (int i = 0; i < KEYS; i++) {
                keys.add(way + "." + i);
            }
        }
        flyAll(keys, 2);
        log.await("computations at node 2", () -> keys.stream().allMatch(key -> log.computations(key) == 1));
        flyAll(keys, 0);
        flyAll(keys, 1);
        log.await("the other threads", () -> keys.stream().allMatch(key -> log.asked(key) == 3 * THREADS_OF_MANY_KEYS));
        ring.kill(2);
        log.await("new computations", () -> keys.stream().allMatch(key -> log.computations(key) > 1));
        for (String key : keys) {
            done(0, "land", key);
            done(1, "land", key);
        }
        log.await("answers", () -> keys.stream().allMatch(key -> log.flown(key).size() == 2 * THREADS_OF_MANY_KEYS));

        for (String key : keys) {
            assertThat(Set.copyOf(log.flown(key))).as("values of " + key).hasSize(1);
            assertThat(log.flown(key).get(0)).doesNotStartWith("failed");
            assertThat(log.computations(key)).as("computations of " + key).isEqualTo(2);
        }
        System.out.println(keys.size() + " keys, the process that computed them killed: 1 more computation of each");
    }

    private void flyAll(List<String> keys, int node) {
        for (String key : keys) {
            fly(node, key.substring(0, key.indexOf('.')), key, THREADS_OF_MANY_KEYS);
        }
    }

    @Test
    void whatIsEvictedWhileItIsComputedIsNotCached() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            for (String way : WAYS) {
                evictMeanwhile(way, round);
            }
            log.clear();
        }
        System.out.println(ROUNDS + " evictions during a computation in each of " + WAYS
                + ": what was computed before was not cached");
    }

    /**
     * Before the computation ends, after it, or both at once; each at another node. A computation that the eviction overtook, since
     * the slot changed its leader, is made again: only then may anything be cached, and not what was computed first.
     */
    private void evictMeanwhile(String way, int round) throws Exception {
        String key = way + ".evicted." + round;
        int computing = round % 3;
        int evicting = (round + 1) % 3;
        fly(computing, way, key, 1);
        log.await("the computation of " + key, () -> log.computations(key) == 1);
        if (round / 3 % 2 == 0) {
            done(evicting, "evict", way, key);
            done(computing, "land", key);
        } else {
            done(computing, "land", key);
            done(evicting, "evict", way, key);
        }
        log.await(
                "the ends of " + key,
                () -> log.flown(key).size() == 1 && log.evictions(key).size() == 1);

        assertThat(log.flown(key).get(0)).doesNotStartWith("failed");
        assertThat(log.evictions(key).get(0)).doesNotStartWith("failed");
        String cached = ring.ask((round + 2) % 3, "cached", way, key);
        assertThat(cached)
                .as("what is cached of " + key + ", of which was reported " + log.of(key))
                .isNotEqualTo(log.firstComputed(key));
        if (log.computations(key) == 1) {
            assertThat(cached).isEqualTo(Flights.NOTHING);
        } else {
            System.out.println(key + " was computed anew behind its eviction: " + log.of(key));
        }
    }
}
