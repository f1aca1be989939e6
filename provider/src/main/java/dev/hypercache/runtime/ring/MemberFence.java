package dev.hypercache.runtime.ring;

import dev.hypercache.spi.RingId;
import dev.hypercache.spi.transport.RingFence;

/**
 * What the peers of a member must have in common with it: the cluster, and the ring in the generation that the member knows by now.
 *
 * @param cluster the cluster's name
 * @param control knows the ring
 */
record MemberFence(String cluster, ControlPlane control) implements RingFence {

    @Override
    public RingId ring() {
        return control.state().founded().ring();
    }
}
