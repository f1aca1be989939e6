package dev.hypercache.core.member;

import static dev.hypercache.core.member.SwimBench.dead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Probe;
import dev.hypercache.core.message.ProbeAnswer;
import dev.hypercache.core.ring.MemberSet;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Gossip of a member that lies (SECURITY §4.3, row 54): it costs nothing that lasts. */
final class HostileGossipTest {

    private static final SwimPace PACE = new SwimPace(1_000, 1, 500, 3, 4);

    private final SwimBench bench = new SwimBench(5, PACE);

    @Test
    void gossipAboutAnyNumberOfStrangersLeavesNothing() {
        for (int message = 0; message < 62_500; message++) { // A million beliefs.
            List<Belief> beliefs = new ArrayList<>();
            for (int i = 0; i < GossipMessage.BELIEFS_MAX; i++) {
                int stranger = 6 + (message * GossipMessage.BELIEFS_MAX + i) % (MemberSet.SHORT_ID_MAX - 6);
                beliefs.add(dead(stranger, message, 2));
            }
            bench.receive(2, new ProbeAnswer(0, 0, beliefs));
        }

        assertThat(bench.count(MemberEvent.GOSSIP_UNKNOWN)).isEqualTo(1_000_000);
        assertThat(bench.swim().newsWaiting()).isZero();
        assertThat(bench.swim().version()).isEqualTo(1);
        assertThat(bench.believed()).isEmpty();
    }

    @Test
    void longerListThanAnyMessageHasIsCutOff() {
        List<Belief> beliefs = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            beliefs.add(dead(17, i, 2));
        }
        bench.receive(2, new ProbeAnswer(0, 0, beliefs));

        assertThat(bench.count(MemberEvent.GOSSIP_UNKNOWN)).isEqualTo(GossipMessage.BELIEFS_MAX);
    }

    @Test
    void nodeThatIsSaidToBeDeadRefutesAndIsNoMoreSilentThanBefore() {
        bench.hear(2, dead(SwimBench.SELF, 0, 2, 3, 4, 5));
        bench.receive(2, new Probe(3, 0, List.of()));

        assertThat(bench.count(MemberEvent.REFUTED)).isEqualTo(1);
        assertThat(bench.sent())
                .anyMatch(sent -> sent.message() instanceof ProbeAnswer answer
                        && answer.probe() == 3
                        && answer.refutations() == 1);
    }

    @Test
    void whateverIsSaidWhatIsKeptIsBoundedAndTheTruthComesBack() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            List<Integer> observers = new ArrayList<>();
            for (int left = random.nextInt(40); left > 0; left--) {
                observers.add(random.nextInt(4_096));
            }
            MemberHealth health = MemberHealth.values()[random.nextInt(3)];
            bench.hear(2, new Belief(random.nextInt(8), random.nextInt(50), health, observers));
        }
        assertThat(bench.swim().newsWaiting()).isLessThanOrEqualTo(5);
        assertThat(bench.believed()).allSatisfy(belief -> {
            assertThat(belief.member()).isBetween(2, 5);
            assertThat(belief.observers())
                    .allMatch(observer -> observer >= 1 && observer <= 5 && observer != belief.member());
        });
        for (int member = 2; member <= 5; member++) {
            bench.receive(member, new Probe(1, 51, List.of()));
        }
        assertThat(bench.swim().count(MemberHealth.ALIVE)).isEqualTo(4);
    }
}
