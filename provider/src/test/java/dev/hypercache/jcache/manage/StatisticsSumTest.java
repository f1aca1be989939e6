package dev.hypercache.jcache.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.core.op.CacheCounts;
import dev.hypercache.core.op.CacheCounts.Timed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums over members: percentages and averages are those of the whole. */
final class StatisticsSumTest {

    private static final CacheCounts BUSY =
            new CacheCounts(90, 10, 7, 5, 3, 2, new Timed(100, 1_000_000), new Timed(7, 70_000), new Timed(5, 5_000));
    private static final CacheCounts IDLE =
            new CacheCounts(0, 1, 1, 0, 1, 0, new Timed(1, 1_000_000), new Timed(1, 10_000), Timed.NONE);

    private static StatisticsSum of(CacheCounts counts) {
        return new StatisticsSum(counts, 2, List.of());
    }

    @Test
    void averagesAndPercentagesAreThoseOfTheSum() {
        StatisticsSum sum = of(BUSY.plus(IDLE));

        assertThat(sum.gets()).isEqualTo(101);
        assertThat(sum.hitPercentage()).isEqualTo(100f * 90 / 101);
        assertThat(sum.missPercentage()).isEqualTo(100f * 11 / 101);
        assertThat(sum.averageGetMicros()).isEqualTo(2_000f / 101);
        assertThat(sum.averagePutMicros()).isEqualTo(10);
        assertThat(sum.averageRemoveMicros()).isEqualTo(1);
        assertThat(sum.counts().puts()).isEqualTo(8);
        assertThat(sum.counts().removals()).isEqualTo(5);
        assertThat(sum.counts().evictions()).isEqualTo(4);
        assertThat(sum.counts().expirations()).isEqualTo(2);
    }

    @Test
    void nothingCountedIsZeroAndNoNumberIsMissing() {
        StatisticsSum sum = of(CacheCounts.NONE);

        assertThat(sum.hitPercentage()).isZero();
        assertThat(sum.missPercentage()).isZero();
        assertThat(sum.averageGetMicros()).isZero();
        assertThat(sum.averagePutMicros()).isZero();
        assertThat(sum.averageRemoveMicros()).isZero();
    }

    @Test
    void sumWithoutAMemberSaysSo() {
        assertThat(of(BUSY).isPartial()).isFalse();
        assertThat(new StatisticsSum(BUSY, 1, List.of("n2")).isPartial()).isTrue();
    }
}
