package dev.hypercache.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.sim.check.Finding;
import dev.hypercache.sim.check.LinearizabilityChecker;
import dev.hypercache.sim.check.NoResurrection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports of several processes, judged. */
@Tag("cluster")
final class WallHistoryTest {

    private static final String KEY = "k";

    private final CallLog log = new CallLog();
    private long ids;

    private void call(long from, long to, JcacheCall call, String value, String told) {
        long id = ++ids;
        log.report("begin " + id + " " + id + " plain " + call + " " + KEY + " " + value + " - " + from);
        log.report("end " + id + " " + to + " " + told);
    }

    private void put(long from, long to, String value) {
        call(from, to, JcacheCall.PUT, value, Report.DONE);
    }

    private void get(long from, long to, String told) {
        call(from, to, JcacheCall.GET, "-", told);
    }

    private void putThatDied(long from, String value) {
        log.report("begin " + ++ids + " 0 plain PUT " + KEY + " " + value + " - " + from);
    }

    private List<Finding> findings() {
        return new LinearizabilityChecker().check(WallHistory.of(log.calls(MixCaches.PLAIN)));
    }

    @Test
    void staleReadOfAnotherProcessIsFound() {
        put(10, 20, "w1");
        put(30, 40, "w2");
        get(50, 60, "=w1");
        assertThat(findings()).hasSize(1);
    }

    @Test
    void callsThatOverlapMayHaveAnyOrder() {
        put(10, 20, "w1");
        put(30, 40, "w2");
        get(40, 60, "=w1");
        assertThat(findings()).isEmpty();
    }

    @Test
    void callOfAProcessThatWasKilledMayHaveTakenEffect() {
        putThatDied(10, "w1");
        get(20, 30, "absent");
        get(40, 50, "=w1");
        assertThat(findings()).isEmpty();
    }

    @Test
    void removalOfManyRemoves() {
        put(10, 20, "w1");
        call(30, 40, JcacheCall.REMOVE_ALL, "-", Report.DONE);
        call(50, 60, JcacheCall.CLEAR, "-", Report.DONE);
        assertThat(NoResurrection.complaints(WallHistory.of(log.calls(MixCaches.PLAIN)), Map.of(KEY, "w1")))
                .hasSize(1);
        get(70, 80, "=w1");
        assertThat(findings()).hasSize(1);
    }

    @Test
    void briefEntryMayGoAndNotComeBack() {
        put(10, 20, "w1");
        get(30, 40, "absent");
        assertThat(findings()).hasSize(1);
        assertThat(new LinearizabilityChecker().check(WallHistory.ofBrief(log.calls(MixCaches.PLAIN))))
                .isEmpty();
        get(50, 60, "=w1");
        assertThat(new LinearizabilityChecker().check(WallHistory.ofBrief(log.calls(MixCaches.PLAIN))))
                .hasSize(1);
    }

    @Test
    void nearReadThatMissesAWriteToAllIsFound() {
        put(10, 20, "w1");
        put(30, 40, "w2");
        get(35, 50, "=w1");
        assertThat(OwnKeyChecks.staleNearReads(log.calls(MixCaches.PLAIN))).isEmpty();
        get(45, 60, "=w1");
        assertThat(OwnKeyChecks.staleNearReads(log.calls(MixCaches.PLAIN))).hasSize(1);
    }

    @Test
    void lastCallOfTheOnlyWriterIsWhatIsLeft() {
        put(10, 20, "w1");
        call(30, 40, JcacheCall.REMOVE, "-", "true");
        assertThat(OwnKeyChecks.left(log.calls(MixCaches.PLAIN), KEY)).containsExactly((String) null);
        putThatDied(50, "w2");
        assertThat(OwnKeyChecks.left(log.calls(MixCaches.PLAIN), KEY)).containsExactlyInAnyOrder(null, "w2");
    }
}
