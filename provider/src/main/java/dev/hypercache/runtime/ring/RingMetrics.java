package dev.hypercache.runtime.ring;

import dev.hypercache.core.leaderless.LeaderlessEvent;
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

    void requestRefused() {
        node.count(MetricName.REQUESTS_REFUSED);
    }

    void tookOver() {
        node.count(MetricName.TAKEOVERS);
    }

    /** Something happened in a cache that nobody orders. */
    void leaderless(LeaderlessEvent event) {
        switch (event) {
            case LEADERLESS_STALE_RETRIED:
                node.count(MetricName.LEADERLESS_STALE_RETRIES);
                break;
            case LEADERLESS_SKEW_REFUSED:
                node.count(MetricName.LEADERLESS_SKEW_REFUSED);
                break;
            case LEADERLESS_SKEW_RENAMED:
                node.count(MetricName.LEADERLESS_SKEW_RENAMED);
                break;
            case LEADERLESS_ATOMIC:
                node.count(MetricName.LEADERLESS_ATOMICS);
                break;
            case LEADERLESS_FLOOR_RAISED:
                node.count(MetricName.LEADERLESS_FLOORS_RAISED);
                break;
            case LEADERLESS_BELOW_FLOOR:
                node.count(MetricName.LEADERLESS_BELOW_FLOOR);
                break;
            default:
                node.count(MetricName.LEADERLESS_OVERFLOWS);
        }
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
