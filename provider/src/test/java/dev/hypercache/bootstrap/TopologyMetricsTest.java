package dev.hypercache.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hypercache.config.Settings;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.telemetry.MetricName;
import dev.hypercache.telemetry.MetricSet;
import dev.hypercache.telemetry.NodeMetrics;
import dev.hypercache.topology.raft.TopologyObserver;
import org.junit.jupiter.api.Test;

final class TopologyMetricsTest {

    @Test
    void whatTheLogTellsIsCounted() {
        try (NodeMetrics metrics = NodeMetrics.create(Settings.defaults())) {
            MetricSet node = metrics.node();
            TopologyObserver observer = TopologyMetrics.of(node);

            observer.index(7);
            observer.leaderKnown(new NodeId("n1", new Incarnation(1)));
            observer.voting(true);
            observer.elected();
            observer.appended();
            observer.rebuilt("a test");
            observer.lever(TopologyObserver.Lever.SILENCE);
            observer.refused();
            observer.full();

            assertThat(node.read(MetricName.TOPOLOGY_LOG_INDEX)).isEqualTo(7);
            assertThat(node.read(MetricName.TOPOLOGY_LEADER_KNOWN)).isOne();
            assertThat(node.read(MetricName.TOPOLOGY_VOTER)).isOne();
            assertThat(node.read(MetricName.TOPOLOGY_ELECTIONS)).isOne();
            assertThat(node.read(MetricName.TOPOLOGY_APPENDS)).isOne();
            assertThat(node.read(MetricName.TOPOLOGY_REBUILDS)).isOne();
            assertThat(node.read(MetricName.TOPOLOGY_LEVERS)).isOne();
            assertThat(node.read(MetricName.TOPOLOGY_FRAMES_REFUSED)).isOne();
            assertThat(node.read(MetricName.TOPOLOGY_FULL)).isOne();
            observer.leaderKnown(null);
            assertThat(node.read(MetricName.TOPOLOGY_LEADER_KNOWN)).isZero();
        }
    }
}
