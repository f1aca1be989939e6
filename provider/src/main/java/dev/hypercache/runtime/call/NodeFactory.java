package dev.hypercache.runtime.call;

import dev.hypercache.config.Settings;
import dev.hypercache.telemetry.NodeMetrics;

/**
 * Assembles nodes.
 *
 * <p>Found by {@link java.util.ServiceLoader}, because the assembler knows everything and nothing may know the assembler.
 */
public interface NodeFactory {

    /**
     * A node that serves; it starts no thread and opens no socket before a cache needs one.
     *
     * @param unwanted ends a wait for other nodes: if it is said first, there is no node but an exception
     */
    RingNode create(Settings settings, NodeMetrics metrics, Abandonment unwanted);

    /** Whether such a node holds the application's objects, so that caches may store references to them. */
    default boolean holdsReferences(Settings settings) {
        return settings.embedded();
    }

    /**
     * Whether whatever is in the caches of such a node was put there by this JVM. Where it was not, bytes are decoded behind the
     * list of classes that the settings allow (SECURITY R1).
     */
    default boolean holdsOwnBytesOnly(Settings settings) {
        return settings.embedded();
    }
}
