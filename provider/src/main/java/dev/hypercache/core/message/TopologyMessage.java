package dev.hypercache.core.message;

/** A message about the ring's topology log; it concerns no slot. */
public sealed interface TopologyMessage extends Message permits TopologyFrame, TopologyAdvanced {

    /** Always 0. */
    @Override
    default int slot() {
        return 0;
    }
}
