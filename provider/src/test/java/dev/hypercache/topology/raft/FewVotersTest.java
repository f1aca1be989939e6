package dev.hypercache.topology.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log with two voters, which needs both of them for everything, and what is left of it when one goes; in virtual time. */
final class FewVotersTest {

    private static final long LONG_MILLIS = 30_000;

    private final Lab lab = new Lab(11);

    @AfterEach
    void nothingIsLostOrForked() {
        assertThat(lab.ledger.check()).isEmpty();
        lab.live().forEach(LabNode::crash);
    }

    @Test
    void voterLearnsThatItWasVotedOut() {
        lab.found(2);
        LabNode leader = TopologyScenarios.leader(lab);
        LabNode leaves = TopologyScenarios.others(lab, leader).get(0);
        assertThat(lab.append(leader, "- " + leaves.id(), LONG_MILLIS)).isTrue();

        assertThat(lab.until(5_000, () -> leaves.log().standing().voters().equals(List.of(leader.id()))))
                .isTrue();
        assertThat(leaves.log().standing().votes()).isFalse();
        assertThat(leaves.log().standing().electors()).containsExactly(leader.id());
        assertThat(lab.append(leaves, "asked of the leader", 1_000)).isTrue();
    }

    /** It had been cut off and so forgot to stand for leader (M2); then all others left, the leader last. */
    @Test
    void lastVoterLeads() {
        lab.found(3);
        LabNode leader = TopologyScenarios.leader(lab);
        lab.append(leader, "first", LONG_MILLIS);
        LabNode last = TopologyScenarios.others(lab, leader).get(0);
        LabNode other = TopologyScenarios.others(lab, leader).get(1);
        lab.cut(List.of(last), List.of(leader, other), true);
        lab.run(1_500);
        lab.heal();
        assertThat(lab.until(LONG_MILLIS, lab::isEqual)).isTrue();
        lab.run(750);
        assertThat(lab.append(leader, "- " + other.id(), LONG_MILLIS)).isTrue();
        assertThat(lab.until(LONG_MILLIS, () -> leader.voters().size() == 2)).isTrue();
        assertThat(lab.append(leader, "- " + leader.id(), LONG_MILLIS)).isTrue();
        assertThat(lab.until(LONG_MILLIS, () -> last.voters().equals(List.of(last.id()))))
                .isTrue();

        assertThat(lab.append(last, "alone", LONG_MILLIS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 400, 600})
    void twoThatAreSlowToAnswerAgreeOnALeaderAndKeepIt(int latencyMillis) {
        lab.found(2);
        lab.latencyMillis = latencyMillis;
        assertThat(lab.append(TopologyScenarios.leader(lab), "first", LONG_MILLIS))
                .isTrue();
        lab.run(10_000);
        int elections = lab.live().stream().mapToInt(LabNode::elections).sum();

        for (int i = 0; i < 20; i++) {
            assertThat(lab.append(lab.live().get(i % 2), "change " + i, LONG_MILLIS))
                    .isTrue();
        }

        assertThat(lab.live().stream().mapToInt(LabNode::elections).sum()).isEqualTo(elections);
    }
}
