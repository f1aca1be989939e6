package dev.hypercache.core.control;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import java.util.Objects;
import java.util.UUID;

/**
 * What a node says of itself when it asks to be admitted.
 *
 * @param name the name that it keeps over restarts
 * @param boot drawn at random at its start. By it the node finds its own admission in the log, and an admission that was
 *     appended twice is one
 * @param address what it advertises
 * @param weight its share of the slots relative to that of others, 1 to {@value #WEIGHT_MAX}
 * @param zone what fails together with it; empty if it has no zone
 */
public record NodeProfile(String name, UUID boot, Address address, int weight, String zone) {

    /** The largest weight. */
    public static final int WEIGHT_MAX = 10_000;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public NodeProfile {
        Peer reachable = new Peer(NodeId.unadmitted(name), address);
        Objects.requireNonNull(boot, "boot of " + reachable);
        ControlLimits.checkRange("weight of " + name, weight, 1, WEIGHT_MAX);
        ControlLimits.checkLength("zone of " + name, zone, 0, ControlLimits.LABEL_LENGTH_MAX);
    }
}
