package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.http.RouteTable;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Makes transports over TCP: one port for HTTP and, after an upgrade, for multiplexed frames ({@code docs/PROTOCOL.md}).
 *
 * <p><b>Threads.</b> A transport has {@code max(1, processors / 2)} threads that serve connections and one that accepts,
 * one timer, and up to four that look up names; all are daemons and end with the transport. A connection is bound to one thread
 * for life, and a link has one connection for each of these threads, so a lane is served by one thread. Requests are sent by
 * the thread that calls, unless another one is just sending on the same connection.
 *
 * <p><b>Bounds.</b> Those of {@link TransportOptions} for each link, with at most 65,536 calls in flight; the same number of
 * calls that wait for an answer on each accepted connection. A connection that takes nothing for 5 s, an accepted one that
 * says nothing for 30 s, and a dialled one that leaves three pings unanswered are closed.
 */
public final class UndertowTransports implements TransportFactory {

    private final MuxSettings settings;
    private final Consumer<RouteTable.Builder> routes;

    /** Makes a factory with the settings of the design. */
    public UndertowTransports() {
        this(routes -> {});
    }

    /**
     * Makes a factory whose transports serve HTTP routes besides their own, on the same port.
     *
     * @param routes adds them to the table of each transport
     */
    public UndertowTransports(Consumer<RouteTable.Builder> routes) {
        this(MuxSettings.defaults(), routes);
    }

    UndertowTransports(MuxSettings settings) {
        this(settings, routes -> {});
    }

    private UndertowTransports(MuxSettings settings, Consumer<RouteTable.Builder> routes) {
        this.settings = settings;
        this.routes = routes;
    }

    /**
     * Makes a factory like this one whose transports compress what they send to peers that can read it.
     *
     * @param bytesMin from how many bytes on a message is compressed, 1 or more
     * @return the other factory
     * @throws IllegalStateException if {@code at.yawk.lz4:lz4-java} is not on the class path
     */
    public UndertowTransports compressing(int bytesMin) {
        if (Compression.find() == null) {
            throw new IllegalStateException("at.yawk.lz4:lz4-java is not on the class path");
        }
        return new UndertowTransports(settings.compressing(bytesMin), routes);
    }

    /**
     * Makes a factory like this one whose transports let in peers alone that hold an installed key, and take authentic frames
     * alone. All nodes of a cluster do, or none.
     *
     * @param authentication of the node
     * @return the other factory
     */
    public UndertowTransports authenticating(FrameAuthentication authentication) {
        Objects.requireNonNull(authentication, "authentication");
        return new UndertowTransports(settings.authenticating(authentication), routes);
    }

    @Override
    public String name() {
        return "undertow";
    }

    @Override
    public Transport create(TransportOptions options) {
        return new UndertowTransport(Objects.requireNonNull(options, "options"), settings, routes);
    }
}
