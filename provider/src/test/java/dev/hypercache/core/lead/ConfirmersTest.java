package dev.hypercache.core.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.ring.MemberSet;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class ConfirmersTest {

    private static final MemberSet THREE = MemberSet.of(4, 1, 7);
    private static final MemberSet FIVE = MemberSet.of(1, 2, 3, 4, 5);

    private static BitSet of(int... members) {
        BitSet set = new BitSet();
        for (int member : members) {
            set.set(member);
        }
        return set;
    }

    @Test
    void oneFollowerOfThreeSuffices() {
        assertThat(Confirmers.toAsk(THREE, of(4), 0, member -> true)).isEqualTo(of(1));
    }

    @Test
    void followersTakeTurns() {
        assertThat(Confirmers.toAsk(THREE, of(4), 1, member -> true)).isEqualTo(of(1));
        assertThat(Confirmers.toAsk(THREE, of(4), 2, member -> true)).isEqualTo(of(7));
    }

    @Test
    void oneThatWasNotHeardIsPassedOver() {
        for (long round = 0; round < 3; round++) {
            assertThat(Confirmers.toAsk(THREE, of(4), round, member -> member == 7))
                    .isEqualTo(of(7));
        }
    }

    @Test
    void allAreAskedIfTooFewWereHeard() {
        assertThat(Confirmers.toAsk(THREE, of(4), 0, member -> false)).isEqualTo(of(1, 7));
        assertThat(Confirmers.toAsk(FIVE, of(1), 0, member -> member == 3)).isEqualTo(of(2, 3, 4, 5));
    }

    @Test
    void twoFollowersOfFiveSufficeAndOneIfAnotherHasAnswered() {
        assertThat(Confirmers.toAsk(FIVE, of(1), 3, member -> true)).isEqualTo(of(4, 5));
        assertThat(Confirmers.toAsk(FIVE, of(1, 4), 3, member -> true)).isEqualTo(of(5));
    }

    @Test
    void nobodyIsAskedTwiceForOneAnswer() {
        assertThat(Confirmers.all(FIVE, of(1, 4))).isEqualTo(of(2, 3, 5));
    }
}
