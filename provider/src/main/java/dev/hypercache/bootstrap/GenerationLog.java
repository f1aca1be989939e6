package dev.hypercache.bootstrap;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyListener;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import dev.hypercache.topology.raft.RaftTopologyLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A member's topology log through all generations of its ring: that of the present one, and none between the consent to a reform and its
 * decision. Indexes go on. Safe for use by any threads.
 */
final class GenerationLog implements TopologyLog {

    private static final TopologyPage NOTHING = new TopologyPage(null, List.of());

    private volatile RaftTopologyLog present;
    private volatile boolean frozen;
    private @Nullable TopologyListener listener;
    private boolean closed;

    GenerationLog(RaftTopologyLog first) {
        this.present = first;
    }

    /** The log of the present generation; a closed one after {@link #freeze}. */
    RaftTopologyLog present() {
        return present;
    }

    /** Nothing is read and nothing appended any more; what was asked fails. */
    synchronized void freeze() {
        frozen = true;
        present.close();
    }

    /** Goes on with the log of the next generation, which is not started yet. */
    synchronized void goOn(RaftTopologyLog next) {
        TopologyListener told = listener;
        present.close();
        if (closed) {
            return;
        }
        if (told != null) {
            next.start(told);
        }
        present = next; // Not before it may be asked.
        frozen = false;
        if (told != null) {
            told.onAdvanced(0); // What it was told of in between it has not found.
        }
    }

    @Override
    public synchronized void start(TopologyListener newListener) {
        present.start(newListener);
        listener = newListener;
    }

    @Override
    public CompletionStage<AppendOutcome> append(long expectedIndex, Payload change, long timeoutMillis) {
        return frozen ? between() : present.append(expectedIndex, change, timeoutMillis);
    }

    private static <T> CompletionStage<T> between() {
        return CompletableFuture.failedFuture(new TopologyUnavailableException(
                "The ring's topology log lost its majority, and its survivors agree on how it goes on.", false, null));
    }

    @Override
    public TopologyPage read(long fromIndex, int changesMax) {
        return frozen ? NOTHING : present.read(fromIndex, changesMax);
    }

    @Override
    public CompletionStage<Long> barrier(long timeoutMillis) {
        return frozen ? between() : present.barrier(timeoutMillis);
    }

    @Override
    public void checkpoint(long index, Payload state) {
        if (!frozen) {
            present.checkpoint(index, state);
        }
    }

    @Override
    public void refresh() {
        present.refresh();
    }

    @Override
    public synchronized void close() {
        closed = true;
        present.close();
    }
}
