package dev.hypercache.bootstrap;

import dev.hypercache.config.Settings;
import dev.hypercache.runtime.EmbeddedNode;
import dev.hypercache.runtime.TimeSource;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.NodeFactory;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.storage.CaffeineRetentions;
import dev.hypercache.storage.HeapEntryStores;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Assembles a node from its settings: the one place that knows which adapter stands behind which interface. */
public final class NodeAssembler implements NodeFactory {

    private final UnaryOperator<TransportFactory> around;

    /** Found by {@link java.util.ServiceLoader}. */
    public NodeAssembler() {
        this(UnaryOperator.identity());
    }

    /**
     * One for tests, which watch or disturb what nodes say to each other.
     *
     * @param around puts something around the transports of the rings' nodes; the node that managers share has what the first
     *     of them came with
     */
    public NodeAssembler(UnaryOperator<TransportFactory> around) {
        this.around = Objects.requireNonNull(around, "around");
    }

    @Override
    public RingNode create(Settings settings, NodeMetrics metrics, Abandonment unwanted) {
        SocketNode.Surroundings surroundings = new SocketNode.Surroundings(metrics, around);
        if (settings.isClient()) {
            return ClientSeat.start(settings, surroundings, unwanted);
        }
        if (!settings.embedded()) {
            return SharedNodes.open(settings, surroundings, unwanted);
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
