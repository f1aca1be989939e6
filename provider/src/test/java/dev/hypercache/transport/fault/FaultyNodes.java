package dev.hypercache.transport.fault;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportNodes;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.local.LocalNetwork;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Nodes in a network whose faults a test changes as it goes. */
abstract class FaultyNodes extends TransportNodes {

    private final LocalNetwork network = new LocalNetwork();
    final Faults faults = Faults.of(FaultPlan.seeded(42).build());

    @Override
    protected final Transport create(TransportOptions options) {
        return new FaultyTransport(network.transportFor(options), options, faults);
    }

    @Override
    protected final Address bind() {
        return new Address("here", 0);
    }

    @Override
    protected final void kill(NodeId node) {
        network.kill(node);
    }

    static List<String> served(Node node) {
        List<String> served = new CopyOnWriteArrayList<>();
        node.listener().onRequest(request -> {
            served.add(text(request.bytes()));
            request.responder().reply(request.echo());
        });
        return served;
    }
}
