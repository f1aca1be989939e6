package dev.hypercache.runtime.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.CacheCounts;
import org.junit.jupiter.api.Test;

/** A question to all members: when it is over, and what it sums up. */
final class CountsRoundTest {

    private static final long LONG_MILLIS = 60_000;

    private final CountsRound round = new CountsRound(new int[] {1, 2, 3});

    @Test
    void everyMemberCountsOnceHoweverOftenItAnswers() throws InterruptedException {
        round.told(1, CacheCounts.ofLosses(1, 0));
        round.told(1, CacheCounts.ofLosses(1, 0));
        round.told(9, CacheCounts.ofLosses(50, 0));
        round.told(2, CacheCounts.ofLosses(2, 0));
        assertThat(round.silent()).containsExactly(3);
        round.told(3, CacheCounts.ofLosses(4, 1));

        assertThat(round.await(LONG_MILLIS, member -> false)).isTrue();
        assertThat(round.sum()).isEqualTo(CacheCounts.ofLosses(7, 1));
    }

    @Test
    void nobodyWaitsForThoseWhoAreExcused() throws InterruptedException {
        round.told(1, CacheCounts.ofLosses(1, 0));
        round.told(3, CacheCounts.ofLosses(1, 0));

        assertThat(round.await(LONG_MILLIS, member -> member == 2)).isTrue();
        assertThat(round.silent()).containsExactly(2);
    }

    @Test
    void waitEndsThoughAMemberIsSilent() throws InterruptedException {
        round.told(1, CacheCounts.NONE);

        assertThat(round.await(1, member -> false)).isFalse();
        assertThat(round.silent()).containsExactly(2, 3);
    }
}
