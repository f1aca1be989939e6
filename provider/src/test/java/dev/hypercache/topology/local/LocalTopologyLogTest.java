package dev.hypercache.topology.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyLogContract;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The local log keeps the contract, completes at once and has an end. */
final class LocalTopologyLogTest extends TopologyLogContract {

    private static final Payload CHANGE = Payload.of(new byte[1 << 20]);

    @Override
    protected List<TopologyLog> openRing(int members) {
        LocalTopology ring = new LocalTopology();
        List<TopologyLog> logs = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            logs.add(ring.open());
        }
        return logs;
    }

    @Test
    void appendFromWithinTheListenerDoesNotRecurse() {
        TopologyLog log = new LocalTopology().open();
        List<Long> told = new ArrayList<>();
        int[] depth = {0};
        log.start(index -> {
            assertThat(depth[0]++).isZero();
            told.add(index);
            if (index < 5) {
                log.append(index, Payload.EMPTY, 1);
            }
            depth[0]--;
        });

        log.append(0, Payload.EMPTY, 1);

        assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L);
        log.close();
    }

    @Test
    void fullLogTakesChangesAgainAfterACheckpoint() {
        TopologyLog log = new LocalTopology().open();
        log.start(index -> {});
        int full = LocalTopology.BYTES_MAX / CHANGE.length();
        for (int i = 0; i < full; i++) {
            assertThat(append(log, i)).isEqualTo(new AppendOutcome.Appended(i + 1));
        }

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> append(log, full))
                .havingCause()
                .isInstanceOfSatisfying(
                        TopologyUnavailableException.class,
                        e -> assertThat(e.maybeAppended()).isFalse());

        log.checkpoint(1, Payload.EMPTY);
        assertThat(append(log, full)).isEqualTo(new AppendOutcome.Appended(full + 1));
        log.close();
    }

    private static AppendOutcome append(TopologyLog log, long expectedIndex) {
        return log.append(expectedIndex, CHANGE, 1).toCompletableFuture().join();
    }
}
