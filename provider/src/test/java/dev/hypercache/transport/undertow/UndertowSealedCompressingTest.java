package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportContract;
import dev.hypercache.spi.transport.TransportOptions;

/** Authentic frames of compressed messages on several connections keep the promises of plain ones. */
final class UndertowSealedCompressingTest extends TransportContract {

    private final Killable transports =
            new Killable(TestSettings.defaults().compressing(1).ioThreads(3).sharing(TestKeys.holding("k1")));

    @Override
    protected Transport create(TransportOptions options) {
        return transports.create(options);
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
