package dev.hypercache.runtime.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.config.Settings;
import dev.hypercache.core.message.CountingSwitch;
import dev.hypercache.core.op.CacheCounts;
import dev.hypercache.core.op.Change;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of each cache of the ring for its statistics. */
final class CacheTalliesTest {

    private final NodeMetrics metrics = NodeMetrics.create(Settings.defaults());
    private final CacheTallies tallies = new CacheTallies(new RingMetrics(metrics.node()));

    @Test
    void theLaterWordCountsInWhateverOrderWordsArrive() {
        assertThat(tallies.heard(new CountingSwitch(7, 20, true))).isTrue();
        assertThat(tallies.heard(new CountingSwitch(7, 10, false))).isFalse();
        assertThat(tallies.counting(7).on()).isTrue();
        assertThat(tallies.heard(new CountingSwitch(7, 30, false))).isTrue();
        assertThat(tallies.counting(7)).isEqualTo(new CountingSwitch(7, 30, false));
    }

    @Test
    void ofTwoWordsAtOnceTheOneToCountCounts() {
        tallies.heard(new CountingSwitch(7, 20, true));
        tallies.heard(new CountingSwitch(7, 20, false));
        tallies.heard(new CountingSwitch(8, 20, false));
        tallies.heard(new CountingSwitch(8, 20, true));

        assertThat(tallies.counting(7).on()).isTrue();
        assertThat(tallies.counting(8).on()).isTrue();
    }

    @Test
    void lossesAreCountedByCacheUntilCleared() {
        tallies.lost(7, Change.EVICTED);
        tallies.lost(7, Change.EXPIRED);
        tallies.lost(7, Change.EXPIRED);
        tallies.lost(8, Change.EVICTED);

        assertThat(tallies.losses(7)).isEqualTo(CacheCounts.ofLosses(1, 2));
        tallies.clear(7);
        assertThat(tallies.losses(7)).isEqualTo(CacheCounts.NONE);
        assertThat(tallies.losses(8)).isEqualTo(CacheCounts.ofLosses(1, 0));
    }

    @Test
    void onlyWhatWasSaidIsPassedOn() {
        CountingSwitch said = new CountingSwitch(7, 20, true);
        tallies.heard(said);
        tallies.lost(8, Change.EVICTED);

        assertThat(tallies.said(List.of(7, 8, 9))).containsExactly(said);
    }

    @Test
    void cachesThatAreNoMoreMakeRoom() {
        for (int cache = 0; cache < CacheTallies.CACHES_MAX; cache++) {
            tallies.lost(cache, Change.EVICTED);
        }
        int further = CacheTallies.CACHES_MAX;
        tallies.lost(further, Change.EVICTED);
        assertThat(tallies.losses(further)).isEqualTo(CacheCounts.NONE);
        assertThat(metrics.node().read(MetricName.STATISTICS_REFUSED)).isEqualTo(1);

        tallies.keep(cache -> cache != 5);
        tallies.lost(further, Change.EVICTED);
        assertThat(tallies.losses(further)).isEqualTo(CacheCounts.ofLosses(1, 0));
        assertThat(tallies.losses(5)).isEqualTo(CacheCounts.NONE);
    }
}
