package dev.hypercache.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.coordinate.CallOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a bad network costs: every tenth message is lost, in each direction. */
@Tag("simulation")
class LossBoundsTest {

    private static final double LOSS = 0.1;
    private static final CallOptions ONCE = new CallOptions(true, false, Client.TIMEOUT_MILLIS, null, false);

    @Test
    void fewWritesFailThoughEveryTenthMessageIsLost() {
        PutLoad load = run(100_000, CallOptions.mutation(Client.TIMEOUT_MILLIS));

        assertThat(load.unsafe()).isEmpty();
        assertThat(load.ended()).isGreaterThanOrEqualTo(100_000);
        assertThat(load.unsuccessful()).isLessThan(load.ended() / 50);
    }

    @Test
    void manyFailIfNothingIsSentAgain() {
        PutLoad load = run(5_000, ONCE);

        assertThat(load.unsafe()).isEmpty();
        assertThat(load.unsuccessful()).isGreaterThan(load.ended() / 50);
    }

    private static PutLoad run(int writes, CallOptions options) {
        Chance chance = new Chance(11);
        SimRing ring = new SimRing(chance.split(), 5, 4, 3);
        new Suspicions(ring, chance.split(), Detector.USUAL).start();
        ring.run(2_000);
        ring.network().weather(LOSS, 0, false);
        PutLoad load = new PutLoad(ring, chance.split(), options);
        load.start(100, writes);
        while (load.isBusy()) {
            ring.run(100);
        }
        System.out.println("loss of " + LOSS + ", " + (options.retries() ? "sent again" : "sent once") + ": " + load);
        return load;
    }
}
