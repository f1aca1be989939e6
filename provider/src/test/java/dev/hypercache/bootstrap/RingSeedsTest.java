package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hypercache.sim.check.LinearizabilityChecker;
import dev.hypercache.transport.fault.Delay;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;
import dev.hypercache.transport.fault.LinkFaults;
import dev.hypercache.transport.local.LocalNetwork;
import java.time.Duration;
import java.util.Properties;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rings of three under random faults: lost, repeated, late and overtaking messages, cuts, and often a death.
 *
 * <p>The system property {@value #SEEDS} says how many seeds to try, {@value #FIRST} from which on. Threads make each run
 * another one, so a seed chooses the faults and does not repeat a failure.
 */
@Timeout(120)
final class RingSeedsTest {

    private static final String SEEDS = "hypercache.ring.seeds";
    private static final String FIRST = "hypercache.ring.seed";

    static LongStream seeds() {
        long first = Long.getLong(FIRST, 1);
        return LongStream.range(first, first + Long.getLong(SEEDS, 2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void historyIsLinearizable(long seed) throws Exception {
        Random random = new Random(seed);
        LocalNetwork network = new LocalNetwork();
        Faults faults = Faults.of(FaultPlan.seeded(seed).build());
        Properties properties = new Properties();
        properties.setProperty("hypercache.ring.slots", "16");
        properties.setProperty("hypercache.request.timeout", "3s");
        try (LocalRing ring = LocalRing.of(3, properties, network, faults.around(network))) {
            faults.everywhere(some(random));
            RingLoad load = new RingLoad(ring, 8, seed).clearing(random.nextInt(15));
            load.start(2, 150);
            await().atMost(Duration.ofSeconds(60)).until(() -> load.done() > 100);
            String victim = "n" + (1 + random.nextInt(3));
            faults.isolate(victim);
            await().pollDelay(Duration.ofMillis(random.nextInt(900))).until(() -> true);
            faults.heal();
            if (random.nextBoolean()) {
                await().atMost(Duration.ofSeconds(60)).until(() -> load.done() > 300);
                ring.kill(random.nextInt(3));
            }
            assertThat(new LinearizabilityChecker().check(load.finish())).isEmpty();
            assertThat(load.indeterminate())
                    .as("operations of unknown fate, of %s", load.done())
                    .isLessThan(load.done() / 10);
            faults.calm();
        }
    }

    private static LinkFaults some(Random random) {
        return LinkFaults.NONE
                .dropping(random.nextDouble() * 0.06)
                .duplicating(random.nextDouble() * 0.1)
                .delaying(new Delay(Duration.ZERO, Duration.ofMillis(random.nextInt(3)), Duration.ofMillis(80)))
                .reordering(
                        random.nextDouble() * 0.1,
                        new Delay(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(50)));
    }
}
