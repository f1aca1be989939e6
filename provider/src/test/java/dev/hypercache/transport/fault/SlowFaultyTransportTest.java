package dev.hypercache.transport.fault;

import static java.time.Duration.ofNanos;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportContract;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.local.LocalNetwork;

/** Delays alone change no promise of a transport: every message waits in the line and its lane keeps its order. */
final class SlowFaultyTransportTest extends TransportContract {

    private static final Delay DELAY = new Delay(ofNanos(1), ofNanos(100_000), ofNanos(1_000_000));

    private final LocalNetwork network = new LocalNetwork();
    private final TransportFactory transports = Faults.of(FaultPlan.seeded(1)
                    .everywhere(LinkFaults.NONE.delaying(DELAY))
                    .build())
            .around(network);

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
