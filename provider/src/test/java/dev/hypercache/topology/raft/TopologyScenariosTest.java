package dev.hypercache.topology.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happened once to the engine, or could, in virtual time. */
final class TopologyScenariosTest {

    private static final long LONG_MILLIS = 30_000;

    private final Lab lab = new Lab(11);

    @AfterEach
    void nothingIsLostOrForked() {
        assertThat(lab.ledger.check()).isEmpty();
        lab.live().forEach(LabNode::crash);
    }

    @Test
    void leaderIsReplacedThoughFollowersWereCutOffBefore() {
        assertThat(TopologyScenarios.leaderDiesAfterBlips(lab)).isTrue();
    }

    @Test
    void leaderThatWasDeposedBehindItsSnapshotFollowsAgain() {
        assertThat(TopologyScenarios.leaderIsDeposedBehindItsSnapshot(lab)).isTrue();
        assertThat(lab.live().stream().mapToInt(LabNode::rebuilds).sum()).isEqualTo(1);
    }

    @Test
    void oneGrowsOverASlowNetwork() {
        assertThat(TopologyScenarios.oneGrowsOverASlowNetwork(lab)).isTrue();
    }

    @Test
    void voterWithTheBestLogIsElectedThoughItsTermIsLow() {
        assertThat(TopologyScenarios.bestLogHasTheLowestTerm(lab)).isTrue();
    }

    @Test
    void deadLeaderIsReplacedInAboutASecond() {
        lab.found(3);
        LabNode leader = TopologyScenarios.leader(lab);
        lab.append(leader, "before", LONG_MILLIS);
        lab.until(LONG_MILLIS, lab::isEqual);
        leader.crash();
        long died = lab.nowMillis();

        assertThat(lab.append(lab.live().get(0), "after", LONG_MILLIS)).isTrue();

        assertThat(lab.nowMillis() - died).isBetween(500L, 2_500L);
    }

    @Test
    void minorityAppendsNothing() {
        lab.found(5);
        LabNode leader = TopologyScenarios.leader(lab);
        assertThat(lab.append(leader, "before", LONG_MILLIS)).isTrue();
        List<LabNode> others = TopologyScenarios.others(lab, leader);
        List<LabNode> minority = List.of(leader, others.get(0));
        List<LabNode> majority = others.subList(1, 4);
        lab.cut(minority, majority, true);
        for (int i = 0; i < 20; i++) {
            minority.get(i % 2).propose("minority " + i, 400);
            minority.get(i % 2).barrier(400);
            lab.run(300);
        }

        assertThat(lab.append(majority.get(0), "majority", LONG_MILLIS)).isTrue();
        assertThat(minority).allMatch(node -> node.index() == 2);
        lab.heal();

        assertThat(lab.until(LONG_MILLIS, lab::isEqual)).isTrue();
        assertThat(lab.ledger.holds("majority")).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(lab.ledger.holds("minority " + i)).isFalse();
        }
    }

    @Test
    void oneOfTwoAppendsNothingUntilTheOtherIsBack() {
        List<LabNode> two = lab.found(2);
        assertThat(lab.append(two.get(0), "both", LONG_MILLIS)).isTrue();
        lab.cut(two.subList(0, 1), two.subList(1, 2), true);

        CompletableFuture<AppendOutcome> alone = two.get(0)
                .log()
                .append(two.get(0).index(), Lab.payload("alone"), 2_000)
                .toCompletableFuture();
        lab.run(3_000);

        assertThat(alone).isCompletedExceptionally();
        lab.heal();
        assertThat(lab.append(two.get(1), "both again", LONG_MILLIS)).isTrue();
    }

    @Test
    void isolatedLeaderReadsWhatItHasAndConfirmsNothing() {
        lab.found(3);
        LabNode old = TopologyScenarios.leader(lab);
        lab.append(old, "before", LONG_MILLIS);
        lab.until(LONG_MILLIS, lab::isEqual);
        lab.isolate(old);
        CompletableFuture<Long> barrier = old.log().barrier(2_000).toCompletableFuture();
        old.propose("phantom", 1_000);
        LabNode other = TopologyScenarios.others(lab, old).get(0);
        assertThat(lab.append(other, "real", LONG_MILLIS)).isTrue();
        lab.run(2_500);

        assertThat(barrier).isCompletedExceptionally();
        assertThat(causeOf(barrier).maybeAppended()).isFalse();
        assertThat(old.index()).isEqualTo(2);
        lab.heal();
        assertThat(lab.until(LONG_MILLIS, lab::isEqual)).isTrue();
        assertThat(lab.ledger.holds("phantom")).isFalse();
    }

    private static TopologyUnavailableException causeOf(CompletableFuture<?> failed) {
        try {
            failed.join();
            throw new AssertionError("did not fail");
        } catch (CompletionException e) {
            return (TopologyUnavailableException) e.getCause();
        }
    }

    @Test
    void joinerBehindASnapshotBecomesAVoterAndCountsMajoritiesRight() {
        List<LabNode> founders = lab.found(2);
        List<NodeId> foundingVoters = TopologyScenarios.ids(founders);
        for (int i = 0; i < 130; i++) {
            assertThat(lab.append(founders.get(0), "change " + i, LONG_MILLIS)).isTrue();
        }
        assertThat(TopologyScenarios.snapshotIndex(founders.get(0))).isPositive();
        assertThat(lab.append(founders.get(0), "+ v3#3", LONG_MILLIS)).isTrue();
        LabNode joiner = lab.join(Lab.id(3), foundingVoters, founders.get(0));

        assertThat(lab.until(LONG_MILLIS, () -> joiner.voters().size() == 3)).isTrue();
        assertThat(lab.until(LONG_MILLIS, lab::isEqual)).isTrue();
        lab.isolate(joiner);
        CompletableFuture<AppendOutcome> alone =
                joiner.log().append(joiner.index(), Lab.payload("alone"), 5_000).toCompletableFuture();
        assertThat(lab.append(founders.get(0), "the others", LONG_MILLIS)).isTrue();
        lab.run(6_000);

        assertThat(alone).isCompletedExceptionally();
        lab.heal();
        assertThat(lab.until(LONG_MILLIS, lab::isEqual)).isTrue();
    }

    @Test
    void votersFollowTheRosterStepByStep() {
        List<LabNode> nodes = new ArrayList<>(lab.found(1));
        List<NodeId> foundingVoters = TopologyScenarios.ids(nodes);
        int[] voters = {1, 2, 3, 3, 5, 5, 5};
        for (int i = 2; i <= 7; i++) {
            assertThat(lab.append(nodes.get(0), "+ v" + i + "#" + i, LONG_MILLIS))
                    .isTrue();
            nodes.add(lab.join(Lab.id(i), foundingVoters, nodes.get(0)));
            int expected = voters[i - 1];
            assertThat(lab.until(LONG_MILLIS, () -> nodes.get(0).voters().size() == expected))
                    .as("voters among " + i)
                    .isTrue();
        }
        nodes.get(1).crash();
        assertThat(lab.append(nodes.get(0), "- v2#2", LONG_MILLIS)).isTrue();

        assertThat(lab.until(
                        LONG_MILLIS,
                        () -> Set.copyOf(nodes.get(0).voters())
                                .equals(Set.of(Lab.id(1), Lab.id(3), Lab.id(4), Lab.id(5), Lab.id(6)))))
                .isTrue();
        assertThat(lab.until(LONG_MILLIS, lab::isEqual)).isTrue();
    }

    @Test
    void leaderThatIsNoMemberGivesItsPlaceUp() {
        List<LabNode> nodes = lab.found(3);
        LabNode leader = TopologyScenarios.leader(lab);
        assertThat(lab.append(leader, "- " + leader.id(), LONG_MILLIS)).isTrue();

        assertThat(lab.until(LONG_MILLIS, () -> lab.leader() != null && lab.leader() != leader))
                .isTrue();
        LabNode stays = nodes.get(0) == leader ? nodes.get(1) : nodes.get(0);
        assertThat(lab.append(stays, "after", LONG_MILLIS)).isTrue();
        assertThat(stays.voters()).hasSize(2).doesNotContain(leader.id());
        assertThat(lab.until(LONG_MILLIS, () -> leader.has("after")))
                .as("it reads on by pages")
                .isTrue();
    }

    @Test
    void memberThatDoesNotVoteIsServedByPagesAndCheckpoints() {
        List<LabNode> nodes = lab.found(1);
        LabNode voter = nodes.get(0);
        List<NodeId> foundingVoters = List.of(voter.id());
        assertThat(lab.append(voter, "+ v2#2", LONG_MILLIS)).isTrue();
        LabNode far = lab.join(Lab.id(2), foundingVoters, voter);
        lab.isolate(far);
        for (int i = 0; i < 120; i++) {
            assertThat(lab.append(voter, "change " + i, LONG_MILLIS)).isTrue();
        }
        lab.heal();
        far.log().poke(voter.index());

        assertThat(lab.until(3_000, lab::isEqual)).isTrue();
    }

    @Test
    void changeOfALargeStateArrivesInParts() {
        List<LabNode> nodes = lab.found(2);
        LabNode author = nodes.get(0);
        String large = "x".repeat(700_000);
        nodes.forEach(node -> node.checkpointEvery(1_000_000));
        for (int i = 0; i < 4; i++) {
            assertThat(lab.append(author, large + i, LONG_MILLIS)).isTrue();
        }
        while (TopologyScenarios.snapshotIndex(TopologyScenarios.leader(lab)) == 0) {
            assertThat(lab.append(author, "small " + lab.nowMillis(), LONG_MILLIS))
                    .isTrue();
        }
        assertThat(lab.append(author, "+ v3#3", LONG_MILLIS)).isTrue();
        LabNode joiner = lab.join(Lab.id(3), TopologyScenarios.ids(nodes), author);

        assertThat(lab.until(LONG_MILLIS, () -> joiner.voters().size() == 3)).isTrue();
        LabNode leader = TopologyScenarios.leader(lab);
        assertThat(lab.until(
                        LONG_MILLIS,
                        () -> joiner.log().parts().host().active().machine().lastIndex() == leader.index()))
                .isTrue();
    }

    @Test
    void leaderThatWouldHoldTooMuchTakesNoMoreUntilACheckpoint() {
        LabNode only = lab.found(1).get(0);
        only.checkpointEvery(1_000_000);
        String large = "x".repeat(1_000_000);
        for (int i = 0; i < 16; i++) {
            assertThat(lab.append(only, large + i, LONG_MILLIS)).isTrue();
        }
        CompletableFuture<AppendOutcome> full =
                only.log().append(only.index(), Lab.payload(large), 1_000).toCompletableFuture();
        lab.run(2_000);
        assertThat(causeOf(full).maybeAppended()).isFalse();

        only.log().checkpoint(only.index(), only.roster().encode());

        assertThat(lab.append(only, "small", LONG_MILLIS)).isTrue();
    }

    @Test
    void generationGoesOnFromTheStateOfTheOneBefore() {
        LabRoster base = new LabRoster();
        base.apply(LabRoster.founding(List.of(Lab.id(1), Lab.id(2))));
        List<LabNode> reformers = lab.reform(List.of(Lab.id(1), Lab.id(2)), 500, base);
        assertThat(lab.append(reformers.get(0), "on", LONG_MILLIS)).isTrue();
        assertThat(lab.until(LONG_MILLIS, lab::isEqual)).isTrue();
        assertThat(reformers.get(1).index()).isEqualTo(502);
        assertThat(reformers.get(1).has("reform")).isTrue();

        assertThat(lab.append(reformers.get(0), "+ v3#3", LONG_MILLIS)).isTrue();
        LabNode joiner = lab.join(Lab.id(3), TopologyScenarios.ids(reformers), reformers.get(1));

        assertThat(lab.until(LONG_MILLIS, () -> joiner.voters().size() == 3)).isTrue();
        assertThat(lab.append(joiner, "all", LONG_MILLIS)).isTrue();
        assertThat(lab.until(LONG_MILLIS, lab::isEqual)).isTrue();
        assertThat(joiner.log().parts().host().active().machine().lastIndex()).isEqualTo(504);
    }

    @Test
    void sameSeedIsTheSameHistory() {
        long[] hashes = new long[2];
        for (int i = 0; i < 2; i++) {
            Lab one = new Lab(5);
            one.lossPercent = 5;
            one.inOrder = false;
            TopologyScenarios.leaderDiesAfterBlips(one);
            hashes[i] = one.hash();
        }
        assertThat(hashes[0]).isEqualTo(hashes[1]);
    }
}
