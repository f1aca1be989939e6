package dev.hypercache.runtime.ring;

import dev.hypercache.runtime.RuntimeMetrics;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.MetricSource;

/** What a member of a ring counts for its node. */
final class RingMetrics extends RuntimeMetrics {

    private final MetricSet node;

    RingMetrics(MetricSet node) {
        super(node);
        this.node = node;
    }

    void requestFailed() {
        node.count(MetricName.REQUESTS_FAILED);
    }

    void requestIndeterminate() {
        node.count(MetricName.REQUESTS_INDETERMINATE);
    }

    void requestSent(boolean toItself) {
        node.count(toItself ? MetricName.REQUESTS_LED_HERE : MetricName.REQUESTS_LED_ELSEWHERE);
    }

    void requestRefused() {
        node.count(MetricName.REQUESTS_REFUSED);
    }

    void tookOver() {
        node.count(MetricName.TAKEOVERS);
    }

    void expiriesUntold(int entries) {
        node.add(MetricName.EXPIRIES_UNTOLD, entries);
    }

    void frameRefused() {
        node.count(MetricName.FRAMES_REFUSED);
    }

    void frameDropped() {
        node.count(MetricName.FRAMES_DROPPED);
    }

    /** Lets a source answer for the gauges of the node. */
    void supply(MetricSource source) {
        node.supply(source, MetricName.REQUESTS_IN_FLIGHT, MetricName.MEMBERS_SUSPECTED);
    }
}
