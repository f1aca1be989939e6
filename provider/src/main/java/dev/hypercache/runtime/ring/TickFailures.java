package dev.hypercache.runtime.ring;

import dev.hypercache.telemetry.NodeLog;
import java.util.concurrent.TimeUnit;

/**
 * Counts what fails in periodic work, and logs one failure in ten seconds: what fails each round would fill the log. Confined to the
 * thread that does the work.
 */
final class TickFailures {

    private static final long LOG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final RingMetrics metrics;
    private final NodeLog log;
    private final String operation;
    private final String message;
    private long loggedAtNanos = System.nanoTime() - LOG_PAUSE_NANOS;

    /**
     * @param operation what the work is called in the log
     * @param message what a failure means
     */
    TickFailures(RingMetrics metrics, NodeLog log, String operation, String message) {
        this.metrics = metrics;
        this.log = log;
        this.operation = operation;
        this.message = message;
    }

    void failed(Throwable e) {
        metrics.tickFailed();
        if (System.nanoTime() - loggedAtNanos >= LOG_PAUSE_NANOS) {
            loggedAtNanos = System.nanoTime();
            log.error(operation).setCause(e).log(message);
        }
    }
}
