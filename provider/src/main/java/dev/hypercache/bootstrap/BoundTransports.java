package dev.hypercache.bootstrap;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;

/** Transports that listen where the node binds, which may not be where it says others should dial. */
record BoundTransports(TransportFactory transports, Address bind) implements TransportFactory {

    @Override
    public String name() {
        return transports.name();
    }

    @Override
    public Transport create(TransportOptions options) {
        return transports.create(options.at(bind));
    }
}
