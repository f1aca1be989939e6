package dev.hypercache.transport.undertow;

import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.auth.PortSecurity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes transports over TCP and remembers them, so that a test can end one as the death of its process would. */
final class Killable implements TransportFactory {

    private final UndertowTransports transports;
    private final Map<NodeId, UndertowTransport> made = new ConcurrentHashMap<>();

    private final @Nullable Function<String, PortSecurity> security;

    Killable(MuxSettings settings) {
        this(new TestSettings(settings, null));
    }

    Killable(TestSettings settings) {
        this.transports = new UndertowTransports(settings.settings());
        this.security = settings.security();
    }

    @Override
    public String name() {
        return transports.name();
    }

    @Override
    public Transport create(TransportOptions options) {
        String name = options.self().name();
        UndertowTransports ofNode = security == null ? transports : transports.secured(security.apply(name));
        UndertowTransport transport = (UndertowTransport) ofNode.create(options);
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
