package dev.hypercache.bootstrap;

import dev.hypercache.spi.NodeId;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.topology.raft.TopologyObserver;
import org.jspecify.annotations.Nullable;

/** What the topology log counts, among the metrics of its node. */
final class TopologyMetrics implements TopologyObserver {

    private final MetricSet node;
    private volatile long index;
    private volatile boolean isLeaderKnown;
    private volatile boolean isVoter;

    private TopologyMetrics(MetricSet node) {
        this.node = node;
    }

    /** An observer for one log; the first one of a node is the one whose gauges are shown. */
    static TopologyMetrics of(MetricSet node) {
        TopologyMetrics metrics = new TopologyMetrics(node);
        node.supply(
                metrics::read,
                MetricName.TOPOLOGY_LOG_INDEX,
                MetricName.TOPOLOGY_LEADER_KNOWN,
                MetricName.TOPOLOGY_VOTER);
        return metrics;
    }

    private long read(MetricName gauge) {
        if (gauge == MetricName.TOPOLOGY_LOG_INDEX) {
            return index;
        }
        return (gauge == MetricName.TOPOLOGY_VOTER ? isVoter : isLeaderKnown) ? 1 : 0;
    }

    @Override
    public void elected() {
        node.count(MetricName.TOPOLOGY_ELECTIONS);
    }

    @Override
    public void leaderKnown(@Nullable NodeId leader) {
        isLeaderKnown = leader != null;
    }

    @Override
    public void rebuilt(String reason) {
        node.count(MetricName.TOPOLOGY_REBUILDS);
    }

    @Override
    public void lever(Lever lever) {
        node.count(MetricName.TOPOLOGY_LEVERS);
    }

    @Override
    public void refused() {
        node.count(MetricName.TOPOLOGY_FRAMES_REFUSED);
    }

    @Override
    public void appended() {
        node.count(MetricName.TOPOLOGY_APPENDS);
    }

    @Override
    public void full() {
        node.count(MetricName.TOPOLOGY_FULL);
    }

    @Override
    public void index(long lastIndex) {
        index = lastIndex;
    }

    @Override
    public void voting(boolean newIsVoter) {
        isVoter = newIsVoter;
    }
}
