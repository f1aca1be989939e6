package dev.hypercache.transport.undertow;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes transports over TCP and remembers them, so that a test can end one as the death of its process would. */
final class Killable implements TransportFactory {

    private final UndertowTransports transports;
    private final Map<NodeId, UndertowTransport> made = new ConcurrentHashMap<>();

    Killable(MuxSettings settings) {
        this.transports = new UndertowTransports(settings);
    }

    @Override
    public String name() {
        return transports.name();
    }

    @Override
    public Transport create(TransportOptions options) {
        UndertowTransport transport = (UndertowTransport) transports.create(options);
        made.put(options.self(), transport);
        return transport;
    }

    void kill(NodeId node) {
        UndertowTransport transport = made.get(node);
        if (transport != null) {
            transport.kill();
        }
    }
}
