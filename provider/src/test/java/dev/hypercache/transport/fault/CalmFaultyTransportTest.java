package dev.hypercache.transport.fault;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportContract;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.local.LocalNetwork;

/** A plan without faults changes nothing. */
final class CalmFaultyTransportTest extends TransportContract {

    private final LocalNetwork network = new LocalNetwork();
    private final TransportFactory transports =
            Faults.of(FaultPlan.seeded(1).build()).around(network);

    @Override
    protected Transport create(TransportOptions options) {
        return transports.create(options);
    }

    @Override
    protected Address bind() {
        return new Address("here", 0);
    }

    @Override
    protected void kill(NodeId node) {
        network.kill(node);
    }
}
