package dev.hypercache.tck;

import dev.hypercache.bootstrap.LocalRing;
import dev.hypercache.bootstrap.NodeAssembler;
import dev.hypercache.config.Settings;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.NodeFactory;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of the TCK's managers. With the system property {@value #RING} they are the first node of a ring of so many
 * nodes within this JVM, which lives as long as the JVM; without it they are embedded.
 *
 * <p>The TCK asks JCache for its provider, and the class path has exactly one. So it is the provider's nodes that differ.
 */
public final class TckNodes implements NodeFactory {

    private static final String RING = "test.tck.ring";

    private final NodeFactory nodes;

    /** Called by {@link java.util.ServiceLoader}. */
    public TckNodes() {
        LocalRing ring = OfJvm.RING;
        this.nodes = ring == null ? new NodeAssembler() : ring.nodes(0);
    }

    private static final class OfJvm {
        static final @Nullable LocalRing RING = ring(Integer.getInteger(TckNodes.RING, 0));

        private static @Nullable LocalRing ring(int nodes) {
            if (nodes == 0) {
                return null;
            }
            LocalRing ring = LocalRing.of(nodes, new Properties());
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> RingReport.of(ring).write()));
            return ring;
        }
    }

    @Override
    public RingNode create(Settings settings, NodeMetrics metrics, Abandonment unwanted) {
        return nodes.create(settings, metrics, unwanted);
    }

    @Override
    public boolean holdsReferences(Settings settings) {
        return nodes.holdsReferences(settings);
    }

    @Override
    public boolean holdsOwnBytesOnly(Settings settings) {
        return nodes.holdsOwnBytesOnly(settings);
    }
}
