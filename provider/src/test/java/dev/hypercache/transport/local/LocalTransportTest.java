package dev.hypercache.transport.local;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportContract;
import dev.hypercache.spi.transport.TransportOptions;

final class LocalTransportTest extends TransportContract {

    private final LocalNetwork network = new LocalNetwork();

    @Override
    protected Transport create(TransportOptions options) {
        return network.transportFor(options);
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
