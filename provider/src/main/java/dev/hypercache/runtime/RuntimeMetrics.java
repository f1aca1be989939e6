package dev.hypercache.runtime;

import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;

/** What the runtime counts for its node. */
record RuntimeMetrics(MetricSet node) {

    void holdWaited() {
        node.count(MetricName.HOLDS_WAITED);
    }

    void holdExceeded() {
        node.count(MetricName.HOLDS_EXCEEDED);
    }

    void holdRefused() {
        node.count(MetricName.HOLDS_REFUSED);
    }

    void invariantBroken() {
        node.count(MetricName.INVARIANT_FAILURES);
    }

    void ticked() {
        node.count(MetricName.TIMER_TICKS);
    }

    void tickFailed() {
        node.count(MetricName.TIMER_FAILURES);
    }
}
