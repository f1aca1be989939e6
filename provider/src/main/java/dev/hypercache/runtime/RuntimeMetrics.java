package dev.hypercache.runtime;

import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;

/** What the runtime of any node counts. */
public class RuntimeMetrics {

    private final MetricSet node;

    public RuntimeMetrics(MetricSet node) {
        this.node = node;
    }

    public final void holdWaited() {
        node.count(MetricName.HOLDS_WAITED);
    }

    public final void holdExceeded() {
        node.count(MetricName.HOLDS_EXCEEDED);
    }

    public final void holdRefused() {
        node.count(MetricName.HOLDS_REFUSED);
    }

    public final void invariantBroken() {
        node.count(MetricName.INVARIANT_FAILURES);
    }

    public final void ticked() {
        node.count(MetricName.TIMER_TICKS);
    }

    public final void tickFailed() {
        node.count(MetricName.TIMER_FAILURES);
    }
}
