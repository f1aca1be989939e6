package dev.hypercache.spi.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hypercache.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link TopologyLog} must do. Extend it and open the logs of a ring's members. */
public abstract class TopologyLogContract {

    private static final long TIMEOUT_MILLIS = 10_000;
    private static final int CHANGE_BYTES_MAX = 1 << 20;

    private final List<TopologyLog> opened = new ArrayList<>();

    /** The logs of a new ring's members, not yet started. The test starts and closes all of them. */
    protected abstract List<TopologyLog> openRing(int members);

    @AfterEach
    final void closeAll() {
        opened.forEach(TopologyLog::close);
    }

    @Test
    void emptyLogHasIndexZeroAndNothingToRead() throws Exception {
        TopologyLog log = startRing(1).get(0);

        assertThat(log.read(1, 10)).isEqualTo(new TopologyPage(null, List.of()));
        assertThat(get(log.barrier(TIMEOUT_MILLIS))).isZero();
    }

    @Test
    void appendedChangesAreReadUnderSuccessiveIndexes() throws Exception {
        TopologyLog log = startRing(1).get(0);

        assertThat(append(log, 0, "a")).isEqualTo(new AppendOutcome.Appended(1));
        assertThat(append(log, 1, "b")).isEqualTo(new AppendOutcome.Appended(2));

        assertThat(readAll(log)).isEqualTo(readAll(log)).containsExactly("1 a", "2 b");
    }

    @Test
    void appendAtAnotherIndexConflictsAndChangesNothing() throws Exception {
        TopologyLog log = startRing(1).get(0);
        append(log, 0, "a");

        assertThat(append(log, 0, "late")).isEqualTo(new AppendOutcome.Conflict(1));
        assertThat(append(log, 7, "early")).isInstanceOf(AppendOutcome.Conflict.class);

        assertThat(get(log.barrier(TIMEOUT_MILLIS))).isEqualTo(1);
        assertThat(readAll(log)).containsExactly("1 a");
    }

    @Test
    void everyMemberReadsTheSameChanges() throws Exception {
        List<TopologyLog> logs = openRing(3);
        List<ToldIndexes> told = startAll(logs);
        for (int i = 0; i < 9; i++) {
            appendAnyhow(logs.get(i % 3), "change " + i);
        }

        for (int i = 0; i < 3; i++) {
            told.get(i).upTo(9);
            assertThat(readAll(logs.get(i))).hasSize(9).isEqualTo(readAll(logs.get(0)));
        }
    }

    @Test
    void barrierCoversWhatAnotherMemberWasAcknowledged() throws Exception {
        List<TopologyLog> logs = startRing(2);
        for (int i = 1; i <= 5; i++) {
            long index = appendAnyhow(logs.get(0), "change " + i);

            assertThat(get(logs.get(1).barrier(TIMEOUT_MILLIS))).isGreaterThanOrEqualTo(index);
        }
    }

    @Test
    void pageHasAtMostAsManyChangesAsAskedFor() throws Exception {
        TopologyLog log = startRing(1).get(0);
        for (int i = 0; i < 5; i++) {
            append(log, i, "change " + i);
        }
        catchUp(log);

        assertThat(log.read(2, 3).changes()).extracting(TopologyChange::index).containsExactly(2L, 3L, 4L);
        assertThat(log.read(5, 3).changes()).extracting(TopologyChange::index).containsExactly(5L);
        assertThat(log.read(6, 3)).isEqualTo(new TopologyPage(null, List.of()));
        assertThat(log.read(1, Integer.MAX_VALUE).changes()).hasSize(5);
        assertThat(log.read(Long.MAX_VALUE, Integer.MAX_VALUE).changes()).isEmpty();
    }

    @Test
    void listenerIsToldOfGrowthOneCallAtATimeWithGrowingIndexes() throws Exception {
        List<TopologyLog> logs = openRing(2);
        List<ToldIndexes> told = startAll(logs);
        for (int i = 0; i < 20; i++) {
            appendAnyhow(logs.get(0), "change " + i);
        }

        for (ToldIndexes listener : told) {
            List<Long> indexes = listener.upTo(20);
            assertThat(indexes).isSorted().doesNotHaveDuplicates().endsWith(20L);
            assertThat(listener.overlapped()).isFalse();
        }
    }

    @Test
    void memberThatStartsLateIsToldWhatTheLogHolds() throws Exception {
        List<TopologyLog> logs = openRing(2);
        startAll(logs.subList(0, 1));
        append(logs.get(0), 0, "a");

        ToldIndexes late = startAll(logs.subList(1, 2)).get(0);

        late.upTo(1);
        assertThat(readAll(logs.get(1))).containsExactly("1 a");
    }

    @Test
    void checkpointStandsForAllChangesThatALogForgets() throws Exception {
        TopologyLog log = startRing(1).get(0);
        for (int i = 0; i < 5; i++) {
            append(log, i, "change " + i);
        }
        catchUp(log);
        log.checkpoint(3, payload("state 3"));
        log.checkpoint(2, payload("an older state"));

        TopologyPage page = log.read(1, 10);

        long first = 1;
        if (page.checkpoint() != null) {
            assertThat(page.checkpoint()).isEqualTo(new TopologyPage.Checkpoint(3, payload("state 3")));
            first = 4;
        }
        assertThat(page.changes().get(0).index()).isEqualTo(first);
        assertThat(log.read(4, 10).checkpoint()).isNull();
        assertThat(log.read(4, 10).changes()).extracting(TopologyChange::index).containsExactly(4L, 5L);
        assertThat(append(log, 5, "next")).isEqualTo(new AppendOutcome.Appended(6));
    }

    @Test
    void concurrentAuthorsAppendEachChangeOnceUnderOneIndex() throws Exception {
        List<TopologyLog> logs = startRing(3);
        ExecutorService authors = Executors.newFixedThreadPool(3);
        try {
            List<Future<List<String>>> written = new ArrayList<>();
            for (TopologyLog log : logs) {
                written.add(authors.submit(author(log, "author " + logs.indexOf(log))));
            }
            List<String> expected = new ArrayList<>();
            for (Future<List<String>> ofAuthor : written) {
                expected.addAll(ofAuthor.get(60, TimeUnit.SECONDS));
            }
            assertThat(readAll(logs.get(0))).containsExactlyInAnyOrderElementsOf(expected);
        } finally {
            authors.shutdownNow();
        }
    }

    @Test
    void largestChangeIsTakenAndALargerOneIsNot() throws Exception {
        TopologyLog log = startRing(1).get(0);
        Payload largest = Payload.of(new byte[CHANGE_BYTES_MAX]);

        assertThat(get(log.append(0, largest, TIMEOUT_MILLIS))).isEqualTo(new AppendOutcome.Appended(1));
        catchUp(log);
        assertThat(log.read(1, 1).changes().get(0).change()).isEqualTo(largest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.append(1, Payload.of(new byte[CHANGE_BYTES_MAX + 1]), TIMEOUT_MILLIS));
    }

    @Test
    void argumentsOutOfRangeAreRefused() throws Exception {
        TopologyLog log = startRing(1).get(0);

        assertThatIllegalArgumentException().isThrownBy(() -> log.append(-1, Payload.EMPTY, TIMEOUT_MILLIS));
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(0, Payload.EMPTY, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> log.read(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> log.read(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> log.barrier(0));
        assertThatIllegalArgumentException().isThrownBy(() -> log.checkpoint(0, Payload.EMPTY));
        assertThatIllegalArgumentException().isThrownBy(() -> log.checkpoint(1, Payload.EMPTY));
        assertThat(readAll(log)).isEmpty();
    }

    @Test
    void callsBeforeStartAndASecondStartAreRefused() {
        TopologyLog log = openRing(1).get(0);
        opened.add(log);
        assertThatIllegalStateException().isThrownBy(() -> log.append(0, Payload.EMPTY, TIMEOUT_MILLIS));
        assertThatIllegalStateException().isThrownBy(() -> log.read(1, 1));
        assertThatIllegalStateException().isThrownBy(() -> log.barrier(TIMEOUT_MILLIS));
        assertThatIllegalStateException().isThrownBy(() -> log.checkpoint(1, Payload.EMPTY));
        log.start(index -> {});
        assertThatIllegalStateException().isThrownBy(() -> log.start(index -> {}));
    }

    @Test
    void closedLogAppendsNothingAndSaysSo() throws Exception {
        List<TopologyLog> logs = startRing(2);
        appendAnyhow(logs.get(0), "a");
        logs.get(1).close();
        logs.get(1).close();
        assertClosed(logs.get(1).append(1, payload("b"), TIMEOUT_MILLIS));
        assertClosed(logs.get(1).barrier(TIMEOUT_MILLIS));
        assertThatIllegalStateException().isThrownBy(() -> logs.get(1).start(index -> {}));
        assertThat(readAll(logs.get(0))).containsExactly("1 a");
    }

    private Callable<List<String>> author(TopologyLog log, String name) {
        return () -> {
            List<String> written = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String change = name + " " + i;
                written.add(appendAnyhow(log, change) + " " + change);
            }
            return written;
        };
    }

    private List<TopologyLog> startRing(int members) {
        List<TopologyLog> logs = openRing(members);
        startAll(logs);
        return logs;
    }

    private List<ToldIndexes> startAll(List<TopologyLog> logs) {
        List<ToldIndexes> listeners = new ArrayList<>();
        for (TopologyLog log : logs) {
            opened.add(log);
            ToldIndexes listener = new ToldIndexes();
            log.start(listener);
            listeners.add(listener);
        }
        return listeners;
    }

    private static long appendAnyhow(TopologyLog log, String change) throws Exception {
        while (true) {
            long expected = get(log.barrier(TIMEOUT_MILLIS));
            if (append(log, expected, change) instanceof AppendOutcome.Appended appended) {
                return appended.index();
            }
        }
    }

    private static AppendOutcome append(TopologyLog log, long expectedIndex, String change) throws Exception {
        return get(log.append(expectedIndex, payload(change), TIMEOUT_MILLIS));
    }

    /** Catches up with everything acknowledged by now, then reads. */
    private static List<String> readAll(TopologyLog log) throws Exception {
        catchUp(log);
        return log.read(1, Integer.MAX_VALUE).changes().stream()
                .map(change -> change.index() + " " + new String(change.change().toBytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private static void catchUp(TopologyLog log) throws Exception {
        long index = get(log.barrier(TIMEOUT_MILLIS));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (index > 0 && log.read(index, 1).equals(new TopologyPage(null, List.of()))) {
            assertThat(System.nanoTime()).as("reading reaches index " + index).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static void assertClosed(CompletionStage<?> stage) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(stage))
                .havingCause()
                .isInstanceOfSatisfying(
                        TopologyUnavailableException.class,
                        e -> assertThat(e.maybeAppended()).isFalse());
    }

    private static Payload payload(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(2 * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }
}
