package dev.hypercache.topology.raft;

import java.util.Objects;
import java.util.Random;

/**
 * What a log stands on.
 *
 * @param sender carries frames to other members
 * @param timer where the log runs, all of it; whoever made it closes it after the log
 * @param random spreads elections and makes the ids of changes; used by the log's own thread alone
 * @param observer counts
 */
public record RaftPorts(TopologySender sender, EngineTimer timer, Random random, TopologyObserver observer) {

    /** Checks for null. */
    public RaftPorts {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(timer, "timer");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(observer, "observer");
    }
}
