package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.TransportCounts;
import java.util.concurrent.atomic.LongAdder;

/** What one transport counts. Safe for use by any threads. */
final class Counters {

    private final LongAdder connections = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder framesIn = new LongAdder();
    private final LongAdder framesOut = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final LongAdder overloads = new LongAdder();
    private final LongAdder stalls = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder compressions = new LongAdder();
    private final LongAdder saved = new LongAdder();

    void compressed(long bytesSaved) {
        compressions.increment();
        saved.add(bytesSaved);
    }

    void opened() {
        connections.increment();
    }

    void ended() {
        connections.decrement();
    }

    void received(long bytes, long frames) {
        bytesIn.add(bytes);
        framesIn.add(frames);
    }

    void sent(long bytes, long frames) {
        bytesOut.add(bytes);
        framesOut.add(frames);
    }

    void reconnected() {
        reconnects.increment();
    }

    void overloaded() {
        overloads.increment();
    }

    void stalled() {
        stalls.increment();
    }

    void refused() {
        refusals.increment();
    }

    TransportCounts read() {
        return new TransportCounts(
                connections.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                framesIn.sum(),
                framesOut.sum(),
                reconnects.sum(),
                overloads.sum(),
                stalls.sum(),
                refusals.sum(),
                compressions.sum(),
                saved.sum());
    }
}
