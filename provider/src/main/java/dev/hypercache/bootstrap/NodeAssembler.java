package dev.hypercache.bootstrap;

import dev.hypercache.config.Settings;
import dev.hypercache.runtime.EmbeddedNode;
import dev.hypercache.runtime.TimeSource;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.NodeFactory;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.storage.CaffeineRetentions;
import dev.hypercache.storage.HeapEntryStores;
import dev.hypercache.telemetry.NodeMetrics;

/** Assembles a node from its settings: the one place that knows which adapter stands behind which interface. */
public final class NodeAssembler implements NodeFactory {

    @Override
    public RingNode create(Settings settings, NodeMetrics metrics, Abandonment unwanted) {
        if (settings.isClient()) {
            return ClientSeat.start(settings, metrics, unwanted);
        }
        if (!settings.embedded()) {
            return SharedNodes.open(settings, metrics, unwanted);
        }
        EmbeddedNode node = new EmbeddedNode(
                settings.nodeName(),
                new EmbeddedNode.Limits(
                        settings.requestTimeout().toMillis(), settings.holdMax().toMillis()),
                new SystemClock(),
                new EmbeddedNode.Storage(new HeapEntryStores(), new CaffeineRetentions()),
                metrics);
        node.start();
        return node;
    }

    private static final class SystemClock implements TimeSource {
        @Override
        public long millis() {
            return System.currentTimeMillis();
        }
    }
}
