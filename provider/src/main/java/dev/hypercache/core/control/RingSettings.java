package dev.hypercache.core.control;

import dev.hypercache.core.ring.SlotSpace;
import dev.hypercache.spi.RingId;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What all members of a ring share. Fixed when it is formed, but for the replication factor, which an operator may change, and
 * the generation, which a reform counts.
 *
 * @param ring which ring, and after how many reforms
 * @param slots the number of slots, a power of two
 * @param replicationFactor how many replicas a slot has when there are members enough
 * @param agreed further settings that every member must share, opaque here: a node with others is refused at the door
 */
public record RingSettings(RingId ring, int slots, int replicationFactor, SortedMap<String, String> agreed) {

    /**
     * Checks the ranges and keeps a copy.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public RingSettings {
        Objects.requireNonNull(ring, "ring");
        SlotSpace.check(slots);
        checkReplicationFactor(replicationFactor);
        agreed = ControlLimits.checkedCopy(agreed);
    }

    static void checkReplicationFactor(int replicationFactor) {
        ControlLimits.checkRange("replication factor", replicationFactor, 1, ControlLimits.REPLICATION_FACTOR_MAX);
    }

    RingSettings withReplicationFactor(int changed) {
        return new RingSettings(ring, slots, changed, agreed);
    }

    RingSettings reformed() {
        return new RingSettings(ring.reformed(), slots, replicationFactor, agreed);
    }
}
