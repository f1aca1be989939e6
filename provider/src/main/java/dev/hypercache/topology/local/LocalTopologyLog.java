package dev.hypercache.topology.local;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyListener;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One member's handle on a {@link LocalTopology}.
 *
 * <p>Every stage is complete when it is returned. The listener is called by whoever appends; whoever comes while it is being
 * called leaves the newest index behind for the caller at work, so calls never overlap and an append from within one does
 * not recurse.
 */
final class LocalTopologyLog implements TopologyLog {

    private static final int CHANGE_BYTES_MAX = 1 << 20;

    private final LocalTopology ring;
    private final Object lock = new Object();
    private @Nullable TopologyListener listener;
    private boolean closed;
    private boolean announcing;
    private long announced;
    private long newest;

    LocalTopologyLog(LocalTopology ring) {
        this.ring = ring;
    }

    @Override
    public void start(TopologyListener listener) {
        synchronized (lock) {
            if (closed || this.listener != null) {
                throw new IllegalStateException("this topology log was started or closed before: open another.");
            }
            this.listener = listener;
        }
        ring.join(this);
        advance(ring.last());
    }

    @Override
    public CompletionStage<AppendOutcome> append(long expectedIndex, Payload change, long timeoutMillis) {
        checkAtLeast("expectedIndex", expectedIndex, 0);
        checkAtLeast("timeoutMillis", timeoutMillis, 1);
        if (change.length() > CHANGE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a change has " + change.length() + " bytes: it may have " + CHANGE_BYTES_MAX + ".");
        }
        if (!isOpen()) {
            return closed();
        }
        try {
            return CompletableFuture.completedFuture(ring.append(expectedIndex, change));
        } catch (TopologyUnavailableException full) {
            return CompletableFuture.failedFuture(full);
        }
    }

    @Override
    public TopologyPage read(long fromIndex, int changesMax) {
        checkAtLeast("fromIndex", fromIndex, 1);
        checkAtLeast("changesMax", changesMax, 1);
        checkStarted();
        return ring.read(fromIndex, changesMax);
    }

    @Override
    public CompletionStage<Long> barrier(long timeoutMillis) {
        checkAtLeast("timeoutMillis", timeoutMillis, 1);
        return isOpen() ? CompletableFuture.completedFuture(ring.last()) : closed();
    }

    @Override
    public void checkpoint(long index, Payload state) {
        checkAtLeast("index", index, 1);
        checkStarted();
        ring.checkpoint(index, state);
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        ring.leave(this);
    }

    /** Tells the listener of the newest index, unless it knows or is being told right now. */
    void advance(long index) {
        synchronized (lock) {
            newest = Math.max(newest, index);
            if (announcing) {
                return;
            }
            announcing = true;
        }
        TopologyListener told;
        while ((told = nextToTell()) != null) {
            told.onAdvanced(announced);
        }
    }

    /** The listener if it is to be told of {@link #announced}; null once it knows all, and then others may announce. */
    private @Nullable TopologyListener nextToTell() {
        synchronized (lock) {
            if (closed || newest == announced) {
                announcing = false;
                return null;
            }
            announced = newest;
            return listener;
        }
    }

    private boolean isOpen() {
        synchronized (lock) {
            checkStarted();
            return !closed;
        }
    }

    private void checkStarted() {
        synchronized (lock) {
            if (listener == null) {
                throw new IllegalStateException("this topology log is not started.");
            }
        }
    }

    private static <T> CompletionStage<T> closed() {
        return CompletableFuture.failedFuture(
                new TopologyUnavailableException("The topology log of this member is closed.", false, null));
    }

    private static void checkAtLeast(String what, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(what + " is " + value + ": it must be " + min + " or more.");
        }
    }
}
