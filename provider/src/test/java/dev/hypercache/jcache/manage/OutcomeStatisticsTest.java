package dev.hypercache.jcache.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.config.Settings;
import dev.hypercache.core.op.Change;
import dev.hypercache.jcache.value.SideWork;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The statistics table of JSR-107 §12, row by row. */
final class OutcomeStatisticsTest {

    private final CacheStatistics statistics =
            new CacheStatistics(NodeMetrics.create(Settings.defaults()).cache("cache"), new SideWork());

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            operation        | entry   | change  | counted
            GET              | present | NONE    | hit
            GET              | present | TOUCHED | hit
            GET              | absent  | NONE    | miss
            PUT              | absent  | CREATED | put
            PUT              | present | UPDATED | put
            PUT              | absent  | NONE    | -
            GET_AND_PUT      | present | UPDATED | hit put
            GET_AND_PUT      | absent  | CREATED | miss put
            GET_AND_PUT      | absent  | NONE    | miss
            PUT_IF_ABSENT    | absent  | CREATED | miss put
            PUT_IF_ABSENT    | absent  | NONE    | miss
            PUT_IF_ABSENT    | present | NONE    | hit
            REPLACE          | present | UPDATED | hit put
            REPLACE          | absent  | NONE    | miss
            REPLACE_IF_EQUAL | present | UPDATED | hit put
            REPLACE_IF_EQUAL | present | NONE    | hit
            REPLACE_IF_EQUAL | present | TOUCHED | hit
            REPLACE_IF_EQUAL | absent  | NONE    | miss
            GET_AND_REPLACE  | present | UPDATED | hit put
            GET_AND_REPLACE  | absent  | NONE    | miss
            REMOVE           | present | REMOVED | removal
            REMOVE           | absent  | NONE    | -
            REMOVE_IF_EQUAL  | present | REMOVED | hit removal
            REMOVE_IF_EQUAL  | present | NONE    | hit
            REMOVE_IF_EQUAL  | present | TOUCHED | hit
            REMOVE_IF_EQUAL  | absent  | NONE    | miss
            GET_AND_REMOVE   | present | REMOVED | hit removal
            GET_AND_REMOVE   | absent  | NONE    | miss
            INVOKE           | present | NONE    | hit
            INVOKE           | present | UPDATED | hit put
            INVOKE           | present | REMOVED | hit removal
            INVOKE           | absent  | NONE    | miss
            INVOKE           | absent  | CREATED | miss put
            ITERATE          | present | NONE    | hit
            ITERATE          | present | TOUCHED | hit
            """)
    void operationCountsWhatTheTableSays(Operation operation, String entry, Change change, String counted) {
        boolean present = entry.equals("present");
        assertThat(names(OutcomeStatistics.countersOf(operation, present, change)))
                .isEqualTo(counted);

        statistics.enable(true);
        statistics.record(operation, present, change, statistics.start());
        assertThat(statistics.getCacheHits()).isEqualTo(counted.contains("hit") ? 1 : 0);
        assertThat(statistics.getCacheMisses()).isEqualTo(counted.contains("miss") ? 1 : 0);
        assertThat(statistics.getCachePuts()).isEqualTo(counted.contains("put") ? 1 : 0);
        assertThat(statistics.getCacheRemovals()).isEqualTo(counted.contains("removal") ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void whatTheCacheItselfTakesOutIsNoRemovalOfAnOperation(Operation operation) {
        for (Change change : EnumSet.of(Change.EXPIRED, Change.EVICTED)) {
            assertThat(names(OutcomeStatistics.countersOf(operation, false, change)))
                    .doesNotContain("removal")
                    .doesNotContain("put");
        }
    }

    @Test
    void onlyPutAndRemoveSayNothingOfHits() {
        Set<Operation> silent = EnumSet.noneOf(Operation.class);
        for (Operation operation : Operation.values()) {
            if (OutcomeStatistics.countersOf(operation, true, Change.NONE) == 0) {
                silent.add(operation);
            }
        }
        assertThat(silent).containsExactlyInAnyOrder(Operation.PUT, Operation.REMOVE);
    }

    @Test
    void percentagesAndAveragesAreZeroWithoutOperations() {
        statistics.enable(true);
        assertThat(statistics.getCacheHitPercentage()).isZero();
        assertThat(statistics.getCacheMissPercentage()).isZero();
        assertThat(statistics.getAverageGetTime()).isZero();
        assertThat(statistics.getAveragePutTime()).isZero();
        assertThat(statistics.getAverageRemoveTime()).isZero();
    }

    @Test
    void percentagesAreSharesOfAllGets() {
        statistics.enable(true);
        for (int i = 0; i < 4; i++) {
            statistics.record(Operation.GET, i > 0, Change.NONE, statistics.start());
        }
        assertThat(statistics.getCacheGets()).isEqualTo(4);
        assertThat(statistics.getCacheHitPercentage()).isEqualTo(75f);
        assertThat(statistics.getCacheMissPercentage()).isEqualTo(25f);
    }

    @Test
    void nothingIsCountedBeforeStatisticsAreSwitchedOnOrAfterTheyAreOff() {
        statistics.record(Operation.GET, true, Change.NONE, statistics.start());
        statistics.recordLoss(Change.EVICTED);
        assertThat(statistics.start()).isZero();
        statistics.enable(true);
        statistics.record(Operation.GET, true, Change.NONE, statistics.start());
        statistics.recordLoss(Change.EVICTED);
        statistics.recordLoss(Change.REMOVED);
        statistics.enable(false);
        statistics.record(Operation.GET, true, Change.NONE, statistics.start());
        assertThat(statistics.getCacheHits()).isEqualTo(1);
        assertThat(statistics.getCacheEvictions()).isEqualTo(1);
        assertThat(statistics.getCacheRemovals()).isZero();
    }

    @Test
    void clearZeroesCountersAndAverages() {
        statistics.enable(true);
        for (Operation operation : Operation.values()) {
            statistics.record(operation, true, Change.UPDATED, System.nanoTime() - 1_000_000);
        }
        statistics.record(Operation.REMOVE, true, Change.REMOVED, System.nanoTime() - 1_000_000);
        statistics.recordLoss(Change.EVICTED);
        assertThat(statistics.getAverageGetTime()).isPositive();
        assertThat(statistics.getAveragePutTime()).isPositive();
        assertThat(statistics.getAverageRemoveTime()).isPositive();
        statistics.clear();
        assertThat(statistics.getCacheGets()).isZero();
        assertThat(statistics.getCachePuts()).isZero();
        assertThat(statistics.getCacheRemovals()).isZero();
        assertThat(statistics.getCacheEvictions()).isZero();
        assertThat(statistics.getAverageGetTime()).isZero();
        assertThat(statistics.getAveragePutTime()).isZero();
        assertThat(statistics.getAverageRemoveTime()).isZero();
    }

    private static String names(int counters) {
        List<String> names = new ArrayList<>();
        if ((counters & OutcomeStatistics.HIT) != 0) {
            names.add("hit");
        }
        if ((counters & OutcomeStatistics.MISS) != 0) {
            names.add("miss");
        }
        if ((counters & OutcomeStatistics.PUT) != 0) {
            names.add("put");
        }
        if ((counters & OutcomeStatistics.REMOVAL) != 0) {
            names.add("removal");
        }
        return names.isEmpty() ? "-" : String.join(" ", names);
    }
}
