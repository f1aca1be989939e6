package dev.hypercache.topology.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.spi.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ElectorateTest {

    private static List<NodeId> ids(int... numbers) {
        List<NodeId> ids = new ArrayList<>();
        for (int number : numbers) {
            ids.add(Lab.id(number));
        }
        return ids;
    }

    private static Electorate.Step next(List<NodeId> voters, List<NodeId> members) {
        return Electorate.next(Lab.id(1), voters, members, node -> true);
    }

    @Test
    void oneTwoThreeOrFiveVote() {
        int[] targets = {0, 1, 2, 3, 3, 5, 5, 5, 5};
        for (int members = 0; members < targets.length; members++) {
            assertThat(Electorate.target(members)).isEqualTo(targets[members]);
        }
    }

    @Test
    void whoIsNoMemberGoesBeforeAnybodyIsAdded() {
        assertThat(next(ids(1, 2), ids(1, 3, 4))).isEqualTo(new Electorate.Step(Lab.id(2), false));
        assertThat(next(ids(1), ids(1, 3, 4))).isEqualTo(new Electorate.Step(Lab.id(3), true));
    }

    @Test
    void whoVotesStaysThoughOthersArePreferred() {
        assertThat(next(ids(1, 4, 5), ids(1, 2, 4, 5))).isNull();
        assertThat(next(ids(1, 2, 3, 4), ids(1, 2, 3, 4))).isNull();
    }

    @Test
    void onlyWhoWasHeardIsAdded() {
        assertThat(Electorate.next(Lab.id(1), ids(1), ids(1, 2, 3), node -> node.equals(Lab.id(3))))
                .isEqualTo(new Electorate.Step(Lab.id(3), true));
        assertThat(Electorate.next(Lab.id(1), ids(1), ids(1, 2, 3), node -> false))
                .isNull();
    }

    @Test
    void leaderThatIsNoMemberGoesLast() {
        assertThat(next(ids(1, 2, 3), ids(2, 3, 4))).isEqualTo(new Electorate.Step(Lab.id(4), true));
        assertThat(next(ids(1, 2, 3, 4), ids(2, 3, 4))).isEqualTo(new Electorate.Step(Lab.id(1), false));
        assertThat(next(ids(1, 2, 9), ids(2, 3))).isEqualTo(new Electorate.Step(Lab.id(9), false));
        assertThat(next(ids(1), ids(2))).isEqualTo(new Electorate.Step(Lab.id(2), true));
    }

    @Test
    void nobodyIsChangedBeforeTheRosterIsKnown() {
        assertThat(next(ids(1, 2), List.of())).isNull();
    }
}
