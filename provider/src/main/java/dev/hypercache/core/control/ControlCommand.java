package dev.hypercache.core.control;

/**
 * A change to what the members of a ring agree on.
 *
 * <p>Appending to the log is conditional on its index, so a command never meets a state that its author had not seen. What
 * it finds may still not fit, since authors err; then it changes nothing and says so. Deterministic: the outcome depends on
 * the state and the command alone, in every version of this code.
 */
public sealed interface ControlCommand
        permits FoundRing,
                AdmitMember,
                DrainMember,
                RemoveMember,
                DefineCache,
                DropCache,
                UseCache,
                ReleaseCache,
                ChangeSlots,
                ResolveLoss,
                SetReplicationFactor,
                Reform {

    /**
     * Called by {@link ControlState#apply}.
     *
     * @param now the state before the change, already under the index of the change
     */
    Applied applyTo(ControlState now);
}
