package dev.hypercache.spi.transport;

import dev.hypercache.spi.RingId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What both ends of a connection must have in common (SECURITY R9). A transport asks at each new connection, so that a node
 * which forms or joins a ring after it started says so from then on.
 *
 * <p>Called by any thread; returns at once.
 */
public interface RingFence {

    /** The cluster of nodes that were not told another one. */
    String CLUSTER_DEFAULT = "hypercache";

    /** No ring yet, in the cluster {@value #CLUSTER_DEFAULT}. */
    RingFence OPEN = of(CLUSTER_DEFAULT, null);

    /**
     * Returns the cluster's name; nodes of different clusters refuse each other.
     *
     * @return 1 to 255 bytes of UTF-8
     */
    String cluster();

    /**
     * Returns the ring and its generation; nodes that know different ones refuse each other.
     *
     * @return null as long as the node knows none; nothing is compared then
     */
    @Nullable
    RingId ring();

    /**
     * Makes a fence that does not change.
     *
     * @param cluster the cluster's name
     * @param ring the ring, or null
     * @return the fence; equal by its parts
     */
    static RingFence of(String cluster, @Nullable RingId ring) {
        return new Fixed(cluster, ring);
    }

    /**
     * A fence that does not change.
     *
     * @param cluster the cluster's name
     * @param ring the ring, or null
     */
    record Fixed(String cluster, @Nullable RingId ring) implements RingFence {

        /** Checks for a name. */
        public Fixed {
            Objects.requireNonNull(cluster, "cluster");
        }
    }
}
