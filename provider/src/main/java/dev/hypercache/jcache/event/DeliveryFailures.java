package dev.hypercache.jcache.event;

import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeLog;

/** Counts each delivery that went wrong, and logs each kind of failure once in a while. */
final class DeliveryFailures {

    private final MetricSet metrics;
    private final NodeLog log;
    private final Rarely drops = new Rarely();
    private final Rarely failures = new Rarely();
    private final Rarely delays = new Rarely();

    DeliveryFailures(MetricSet metrics, NodeLog log) {
        this.metrics = metrics;
        this.log = log;
    }

    /** A listener or its filter threw. */
    void failed() {
        metrics.count(MetricName.LISTENER_FAILURES);
    }

    /** It threw and no caller hears of that. */
    void failedUnheard(Throwable failure) {
        if (failures.isDue()) {
            log.warn("listener")
                    .setCause(failure)
                    .log("A listener failed for a change that no caller waits for, see listener_failures.");
        }
    }

    void dropped(long events) {
        metrics.add(MetricName.LISTENER_BACKLOG_FULL, events);
        if (drops.isDue()) {
            log.warn("listener").log("A listener is too slow; events for it were dropped, see listener_backlog_full.");
        }
    }

    /** A caller did not get its event delivered. */
    void notDelivered(KeyQueue.Wait wait) {
        if (wait == KeyQueue.Wait.INTERRUPTED) {
            log.debug("listener")
                    .log("An interrupted caller did not wait for its event, which another thread delivers.");
        } else if (wait == KeyQueue.Wait.TIMED_OUT) {
            metrics.count(MetricName.LISTENER_FAILURES);
            if (delays.isDue()) {
                log.warn("listener")
                        .log(
                                "A synchronous listener has kept others waiting for longer than hypercache.request.timeout;"
                                        + " the operation is done, its event comes late.");
            }
        }
    }
}
