package dev.hypercache.runtime;

import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;

/** What the runtime counts for one cache. */
record RuntimeMetrics(MetricSet node, MetricSet cache) {

    void holdWaited() {
        cache.count(MetricName.HOLDS_WAITED);
    }

    void holdExceeded() {
        cache.count(MetricName.HOLDS_EXCEEDED);
    }

    void ticked() {
        node.count(MetricName.TIMER_TICKS);
    }

    void tickFailed() {
        node.count(MetricName.TIMER_FAILURES);
    }
}
