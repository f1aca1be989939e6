package dev.hypercache.core.member;

import static dev.hypercache.core.member.SwimBench.dead;
import static dev.hypercache.core.member.SwimBench.suspect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.message.AskProbe;
import dev.hypercache.core.message.Belief;
import dev.hypercache.core.message.GossipMessage;
import dev.hypercache.core.message.Probe;
import dev.hypercache.core.message.ProbeAnswer;
import dev.hypercache.core.message.ProbeMissed;
import dev.hypercache.spi.membership.MemberHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a node says when it is accused, and what it says to those whom it accuses. */
final class RefutationTest {

    private static final SwimPace PACE = new SwimPace(1_000, 1, 500, 3, 4);
    private static final int SELF = SwimBench.SELF;

    private final SwimBench bench = new SwimBench(5, PACE);

    private GossipMessage onlyMessageTo(int member) {
        List<GossipMessage> messages = new ArrayList<>();
        for (SwimBench.Sent sent : bench.sent()) {
            if (sent.to() == member) {
                messages.add((GossipMessage) sent.message());
            }
        }
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    @Test
    void accusedNodeRefutesToItsAccusersAtOnceAndToOthersByGossip() {
        bench.hear(2, suspect(SELF, 0, 4, 5));

        assertThat(bench.sent()).extracting(SwimBench.Sent::to).containsExactlyInAnyOrder(2, 4, 5);
        assertThat(bench.counted()).isEqualTo(Map.of(MemberEvent.REFUTED, 1));
        assertThat(bench.swim().slowness()).isEqualTo(1);

        bench.receive(3, new Probe(77, 0, List.of()));
        assertThat(onlyMessageTo(3)).isEqualTo(new ProbeAnswer(77, 1, List.of(Belief.alive(SELF, 1))));
    }

    @Test
    void accusationIsRefutedOnce() {
        bench.hear(2, dead(SELF, 6, 2));
        bench.hear(4, dead(SELF, 6, 2), suspect(SELF, 2, 4));

        assertThat(bench.count(MemberEvent.REFUTED)).isEqualTo(1);
        bench.sent();
        bench.receive(4, new Probe(1, 0, List.of()));
        assertThat(onlyMessageTo(4).refutations()).isEqualTo(7);
    }

    @Test
    void accusationThatNoWordOutweighsIsBorne() {
        bench.hear(2, dead(SELF, Long.MAX_VALUE, 2));
        bench.sent();
        bench.receive(4, new Probe(1, 0, List.of()));

        assertThat(onlyMessageTo(4).refutations()).isNotNegative();
    }

    @Test
    void suspectLearnsItWithTheFirstMessage() {
        bench.hear(2, suspect(3, 0, 2));

        assertThat(onlyMessageTo(3)).isEqualTo(new Probe(0, 0, List.of(suspect(3, 0, 2))));
    }

    @Test
    void deadMemberThatIsHeardLearnsThatItIsTakenForDead() {
        bench.hear(2, dead(3, 0, 2));
        bench.sent();
        bench.run(600);
        bench.sent();
        bench.swim().heard(3, bench.now(), bench.now());

        assertThat(onlyMessageTo(3).gossip()).contains(dead(3, 0, 2));
    }

    @Test
    void whatWasHeardBeforeTheAccusationDoesNotCount() {
        long before = bench.now();
        bench.run(600);
        bench.hear(2, dead(3, 0, 2));
        bench.run(10);
        bench.sent();
        bench.swim().heard(3, before, bench.now());

        assertThat(bench.sent()).isEmpty();
    }

    @Test
    void whoStillAccusesAfterARefutationIsToldOfIt() {
        bench.hear(2, Belief.alive(3, 1));
        bench.sent();
        for (int i = 0; i < 2 * GossipBuffer.repeats(5); i++) {
            bench.receive(2, new Probe(1, 0, List.of()));
        }
        bench.sent();
        bench.receive(4, new Probe(8, 0, List.of(suspect(3, 0, 4))));

        assertThat(onlyMessageTo(4).gossip()).containsExactly(Belief.alive(3, 1));
    }

    @Test
    void beliefsAreSaidSoOftenAndNoMore() {
        bench.hear(2, Belief.alive(3, 1));
        bench.sent();
        int said = 0;
        for (int i = 0; i < 20; i++) {
            bench.receive(4, new Probe(i, 0, List.of()));
            said += onlyMessageTo(4).gossip().size();
        }

        assertThat(said).isEqualTo(GossipBuffer.repeats(5));
    }

    @Test
    void helperTellsWhetherTheMemberAnswersIt() {
        bench.receive(2, new AskProbe(40, 3, 0, List.of()));
        bench.run(100);
        assertThat(bench.sent()).isEmpty(); // It was answered within 10 ms, and the answer has left.

        bench.silent(4);
        bench.receive(2, new AskProbe(41, 4, 0, List.of()));
        assertThat(onlyMessageTo(4)).isInstanceOf(Probe.class);
        bench.quiet(390);
        assertThat(bench.sent()).noneMatch(sent -> sent.to() == 2 && sent.message() instanceof ProbeMissed);
        bench.quiet(20);
        assertThat(bench.sent()).contains(new SwimBench.Sent(2, new ProbeMissed(41, 0, List.of())));
        bench.receive(4, new ProbeAnswer(0, 0, List.of()));
        assertThat(bench.sent()).contains(new SwimBench.Sent(2, new ProbeAnswer(41, 0, List.of())));
    }

    @Test
    void whoIsAskedAboutItselfOrAboutNobodyKnowsTheAnswer() {
        bench.receive(2, new AskProbe(40, SELF, 0, List.of()));
        assertThat(onlyMessageTo(2)).isEqualTo(new ProbeAnswer(40, 0, List.of()));
        bench.receive(2, new AskProbe(41, 17, 0, List.of()));
        bench.receive(17, new AskProbe(42, 2, 0, List.of()));

        assertThat(bench.sent()).isEmpty();
    }

    @Test
    void errandsAreBounded() {
        bench.silent(4);
        for (int i = 0; i < ProbeErrands.ERRANDS_MAX + 5; i++) {
            bench.receive(2, new AskProbe(i, 4, 0, List.of()));
        }

        assertThat(bench.count(MemberEvent.HELP_REFUSED)).isEqualTo(5);
        assertThat(bench.swim().probesUnderWay()).isEqualTo(ProbeErrands.ERRANDS_MAX);
        bench.quiet(1_100);
        assertThat(bench.swim().probesUnderWay()).isLessThan(5);
    }

    @Test
    void nodeThatWatchesNobodyAnswersAndRefutes() {
        List<SwimBench.Sent> sent = new ArrayList<>();
        Respondent respondent = new Respondent(SELF, (to, message) -> sent.add(new SwimBench.Sent(to, message)));
        respondent.receive(2, new Probe(5, 0, List.of()));
        respondent.receive(2, new AskProbe(6, SELF, 0, List.of()));
        respondent.receive(2, new AskProbe(7, 3, 0, List.of()));
        respondent.receive(2, new ProbeMissed(8, 0, List.of(suspect(SELF, 2, 2), dead(3, 0, 2))));
        respondent.receive(3, new Probe(9, 0, List.of(new Belief(SELF, 1, MemberHealth.DEAD, List.of()))));

        assertThat(sent)
                .containsExactly(
                        new SwimBench.Sent(2, new ProbeAnswer(5, 0, List.of())),
                        new SwimBench.Sent(2, new ProbeAnswer(6, 0, List.of())),
                        new SwimBench.Sent(2, new ProbeAnswer(0, 3, List.of())),
                        new SwimBench.Sent(3, new ProbeAnswer(9, 3, List.of())));
    }
}
