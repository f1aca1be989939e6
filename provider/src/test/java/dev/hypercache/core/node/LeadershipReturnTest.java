package dev.hypercache.core.node;

import static dev.hypercache.core.node.RepairBench.FOLLOWER;
import static dev.hypercache.core.node.RepairBench.LEADER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.lead.LeaderEvent;
import dev.hypercache.core.message.HandOver;
import org.junit.jupiter.api.Test;

/** A slot goes back to the replica that stands first, so that leaders are spread as the table says. */
final class LeadershipReturnTest {

    private static final int SOON_MILLIS = 1_000;
    private static final int OFFER_MILLIS = 4_000;

    private final RepairBench bench = new RepairBench();

    private boolean leads(int member) {
        return bench.machine(member).isServing();
    }

    private void leadBySecond() {
        bench.suspect(LEADER);
        bench.run(SOON_MILLIS);
        assertThat(leads(FOLLOWER)).isTrue();
    }

    @Test
    void theFirstReplicaLeadsAgainOnceItIsBack() {
        leadBySecond();
        bench.suspect();
        bench.run(OFFER_MILLIS);

        assertThat(leads(LEADER)).isTrue();
        assertThat(leads(FOLLOWER)).isFalse();
        assertThat(bench.count(LeaderEvent.RETURN_OFFERED)).isEqualTo(1);
    }

    @Test
    void theFirstReplicaIsNotAskedWhileItIsSuspected() {
        leadBySecond();
        bench.run(10 * OFFER_MILLIS);

        assertThat(leads(FOLLOWER)).isTrue();
        assertThat(bench.count(LeaderEvent.RETURN_OFFERED)).isZero();
    }

    @Test
    void whatIsOfferedInVainIsOfferedLessAndLessOften() {
        leadBySecond();
        bench.suspect();
        bench.lose(HandOver.class);
        bench.run(120_000);

        assertThat(leads(FOLLOWER)).isTrue();
        assertThat(bench.count(LeaderEvent.RETURN_OFFERED)).isBetween(3, 6);
    }
}
