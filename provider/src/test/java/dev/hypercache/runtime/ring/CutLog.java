package dev.hypercache.runtime.ring;

import dev.hypercache.spi.Payload;
import dev.hypercache.spi.topology.AppendOutcome;
import dev.hypercache.spi.topology.TopologyListener;
import dev.hypercache.spi.topology.TopologyLog;
import dev.hypercache.spi.topology.TopologyPage;
import dev.hypercache.spi.topology.TopologyUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log that a test cuts off, or lets others be faster at. */
final class CutLog implements TopologyLog {

    private final TopologyLog log;
    private Runnable beforeNextAppend = () -> {};
    private boolean isCut;
    private int refused;
    private int cutUntil = Integer.MAX_VALUE;

    CutLog(TopologyLog log) {
        this.log = log;
    }

    /** From now on the ring does not answer. */
    void cut() {
        isCut = true;
    }

    /** It answers again. */
    void mend() {
        isCut = false;
    }

    /** The ring does not answer so many times. */
    void cutFor(int times) {
        isCut = true;
        cutUntil = refused + times;
    }

    /** How often it did not answer. */
    int refused() {
        return refused;
    }

    /** Somebody else does something in between. */
    void beforeNextAppend(Runnable work) {
        beforeNextAppend = work;
    }

    private <T> CompletionStage<T> refusal() {
        refused++;
        isCut = refused < cutUntil;
        return CompletableFuture.failedFuture(new TopologyUnavailableException("cut off", false, null));
    }

    @Override
    public void start(TopologyListener listener) {
        log.start(listener);
    }

    @Override
    public CompletionStage<AppendOutcome> append(long expectedIndex, Payload change, long timeoutMillis) {
        Runnable work = beforeNextAppend;
        beforeNextAppend = () -> {};
        work.run();
        return isCut ? refusal() : log.append(expectedIndex, change, timeoutMillis);
    }

    @Override
    public TopologyPage read(long fromIndex, int changesMax) {
        return log.read(fromIndex, changesMax);
    }

    @Override
    public CompletionStage<Long> barrier(long timeoutMillis) {
        return isCut ? refusal() : log.barrier(timeoutMillis);
    }

    @Override
    public void checkpoint(long index, Payload state) {
        log.checkpoint(index, state);
    }

    @Override
    public void close() {
        log.close();
    }
}
