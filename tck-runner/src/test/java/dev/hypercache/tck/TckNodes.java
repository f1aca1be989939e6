package dev.hypercache.tck;

import dev.hypercache.bootstrap.LocalRing;
import dev.hypercache.bootstrap.NodeAssembler;
import dev.hypercache.config.Settings;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.NodeFactory;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.telemetry.NodeMetrics;
import java.util.Properties;

/**
 * The nodes of the TCK's managers. With the system property {@value #RING} they are the first node of a ring of so many
 * nodes within this JVM, which lives as long as the JVM; with {@value TckProcesses#MEMBERS} they use a ring of so many other
 * processes; without both they are embedded.
 *
 * <p>The TCK asks JCache for its provider, and the class path has exactly one. So it is the provider's nodes that differ.
 */
public final class TckNodes implements NodeFactory {

    private static final String RING = "test.tck.ring";

    private final NodeFactory nodes;

    /** Called by {@link java.util.ServiceLoader}. */
    public TckNodes() {
        this.nodes = OfJvm.NODES;
    }

    /** Makes ready what the nodes need, and the settings that lead to it. */
    static void prepare() {
        NodeFactory unused = OfJvm.NODES;
    }

    private static final class OfJvm {
        static final NodeFactory NODES = nodes();

        private static NodeFactory nodes() {
            Integer local = Integer.getInteger(RING);
            if (local != null) {
                LocalRing ring = LocalRing.of(local, new Properties());
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(() -> RingReport.of(ring).write()));
                return ring.nodes(0);
            }
            return Integer.getInteger(TckProcesses.MEMBERS) == null ? new NodeAssembler() : TckProcesses.start();
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
