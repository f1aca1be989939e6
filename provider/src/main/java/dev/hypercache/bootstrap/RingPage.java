package dev.hypercache.bootstrap;

import dev.hypercache.spi.RingId;
import dev.hypercache.spi.topology.TopologyPage;

/**
 * What a member tells a client of what its ring agreed on.
 *
 * @param ring the ring, in the generation that the member knows
 * @param index the last change that the member knows
 * @param page what it agreed on behind the change that the client knew
 */
record RingPage(RingId ring, long index, TopologyPage page) {}
