package dev.hypercache.topology.raft;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;

/** Carries frames of the topology log to other members. */
@FunctionalInterface
public interface TopologySender {

    /**
     * Sends a frame, or drops it: nobody waits for an answer without a limit. Never waits and never throws. Frames may be lost
     * and overtake each other; mostly in order is faster.
     *
     * @param to for whom; never the node itself
     * @param frame at most {@link RaftTopologyLog#FRAME_BYTES_MAX} bytes, for {@link RaftTopologyLog#receive} there
     */
    void send(NodeId to, Payload frame);
}
