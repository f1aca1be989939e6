package dev.hypercache.core.control;

/**
 * Changes how many replicas a slot has when there are members enough. The planner adds or drops them by ordinary switches.
 *
 * @param replicationFactor 1 to {@link ControlLimits#REPLICATION_FACTOR_MAX}
 */
public record SetReplicationFactor(int replicationFactor) implements ControlCommand {

    /** @throws IllegalArgumentException if the number is out of its range */
    public SetReplicationFactor {
        RingSettings.checkReplicationFactor(replicationFactor);
    }

    @Override
    public Applied applyTo(ControlState now) {
        RingSettings ring = now.ring();
        if (ring == null) {
            return now.refuse(Refusal.Reason.NO_RING, "A ring has a replication factor from its founding on.");
        }
        return Applied.done(now.with(ring.withReplicationFactor(replicationFactor)));
    }
}
