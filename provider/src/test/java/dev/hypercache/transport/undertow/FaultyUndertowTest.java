package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportContract;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.fault.FaultPlan;
import dev.hypercache.transport.fault.Faults;

/** A plan without faults changes nothing on a real network either. */
final class FaultyUndertowTest extends TransportContract {

    private final Killable transports = new Killable(MuxSettings.defaults());
    private final TransportFactory faulty =
            Faults.of(FaultPlan.seeded(1).build()).around(transports);

    @Override
    protected Transport create(TransportOptions options) {
        return faulty.create(options);
    }

    @Override
    protected Address bind() {
        return new Address("127.0.0.1", 0);
    }

    @Override
    protected void kill(NodeId node) {
        transports.kill(node);
    }
}
