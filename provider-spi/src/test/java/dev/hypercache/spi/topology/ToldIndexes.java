package dev.hypercache.spi.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener that keeps what it was told and whether two calls ever overlapped. */
final class ToldIndexes implements TopologyListener {

    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<Long> untaken = new LinkedBlockingQueue<>();
    private final AtomicInteger callsAtOnce = new AtomicInteger();
    private volatile boolean overlapped;

    @Override
    public void onAdvanced(long lastIndex) {
        overlapped |= callsAtOnce.incrementAndGet() > 1;
        untaken.add(lastIndex);
        callsAtOnce.decrementAndGet();
    }

    boolean overlapped() {
        return overlapped;
    }

    /** Waits until an index was told, and returns all that was told up to there and not returned before. */
    List<Long> upTo(long index) throws InterruptedException {
        List<Long> told = new ArrayList<>();
        long last = 0;
        while (last < index) {
            Long next = untaken.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("never told of index " + index + ", only of " + told);
            }
            told.add(next);
            last = next;
        }
        return told;
    }
}
