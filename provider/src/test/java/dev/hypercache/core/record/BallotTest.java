package dev.hypercache.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BallotTest {

    private static final int ROUND_MAX = (1 << 20) - 1;
    private static final int LEADER_MAX = (1 << 12) - 1;

    private static final Comparator<Ballot> BY_PARTS = Comparator.comparingInt(Ballot::epoch)
            .thenComparingInt(Ballot::round)
            .thenComparingInt(Ballot::leader);

    @Test
    void packedFormsSortLikeEpochThenRoundThenLeader() {
        RandomGenerator random = new SplittableRandom(20_107);
        for (int i = 0; i < 20_000; i++) {
            Ballot left = ballot(random);
            Ballot right = neighbour(left, random);
            String pair = left + " and " + right;
            int byParts = Integer.signum(BY_PARTS.compare(left, right));
            assertThat(Integer.signum(Long.compare(left.packed(), right.packed())))
                    .as(pair)
                    .isEqualTo(byParts);
            assertThat(Integer.signum(left.compareTo(right))).as(pair).isEqualTo(byParts);
        }
    }

    @Test
    void packingLosesNothingAndIsNeverNegative() {
        RandomGenerator random = new SplittableRandom(20_107);
        for (int i = 0; i < 20_000; i++) {
            Ballot ballot = ballot(random);
            assertThat(ballot.packed()).isNotNegative();
            assertThat(Ballot.unpack(ballot.packed())).isEqualTo(ballot);
        }
        Ballot highest = new Ballot(Integer.MAX_VALUE, ROUND_MAX, LEADER_MAX);
        assertThat(highest.packed()).isEqualTo(Long.MAX_VALUE);
        assertThat(Ballot.unpack(Long.MAX_VALUE)).isEqualTo(highest);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, epoch must be between 0 and 2147483647",
        "0, -1, 0, round must be between 0 and 1048575",
        "0, 1048576, 0, round must be between 0 and 1048575",
        "0, 0, -1, leader must be between 0 and 4095",
        "0, 0, 4096, leader must be between 0 and 4095"
    })
    void partOutOfRangeIsRefused(int epoch, int round, int leader, String message) {
        assertThatThrownBy(() -> new Ballot(epoch, round, leader))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void versionsSortByBallotBeforeSequence() {
        Version low = new Version(new Ballot(1, 0, 0).packed(), Long.MAX_VALUE);
        Version high = new Version(new Ballot(1, 1, 0).packed(), 1);
        assertThat(low).isLessThan(high);
        assertThat(new Version(low.ballot(), 1)).isLessThan(new Version(low.ballot(), 2));
        assertThat(high).isEqualByComparingTo(new Version(high.ballot(), 1)).hasToString("1.1.0#1");
    }

    private static Ballot ballot(RandomGenerator random) {
        return new Ballot(
                random.nextInt() & Integer.MAX_VALUE, random.nextInt(ROUND_MAX + 1), random.nextInt(LEADER_MAX + 1));
    }

    /** A ballot that shares some leading parts with {@code ballot}, so that the later parts decide. */
    private static Ballot neighbour(Ballot ballot, RandomGenerator random) {
        Ballot other = ballot(random);
        switch (random.nextInt(4)) {
            case 0:
                return other;
            case 1:
                return new Ballot(ballot.epoch(), other.round(), other.leader());
            case 2:
                return new Ballot(ballot.epoch(), ballot.round(), other.leader());
            default:
                return new Ballot(ballot.epoch(), ballot.round(), ballot.leader());
        }
    }
}
