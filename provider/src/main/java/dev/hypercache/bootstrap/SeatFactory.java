package dev.hypercache.bootstrap;

import dev.hypercache.config.Settings;
import dev.hypercache.runtime.call.Abandonment;
import dev.hypercache.runtime.call.NodeFactory;
import dev.hypercache.runtime.call.RingNode;
import dev.hypercache.telemetry.NodeMetrics;

/**
 * Gives every manager the same member of a ring, which outlives them.
 *
 * @param oneJvm whether all members of the ring live in this JVM, so that no bytes of strangers come to its caches
 */
record SeatFactory(RingNode node, boolean oneJvm) implements NodeFactory {

    @Override
    public RingNode create(Settings settings, NodeMetrics metrics, Abandonment unwanted) {
        return new SeatedNode(node);
    }

    /** References do not cross a network. */
    @Override
    public boolean holdsReferences(Settings settings) {
        return false;
    }

    @Override
    public boolean holdsOwnBytesOnly(Settings settings) {
        return oneJvm;
    }
}
