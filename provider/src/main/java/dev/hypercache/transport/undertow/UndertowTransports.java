package dev.hypercache.transport.undertow;

import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportFactory;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.RouteTable;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes transports over TCP: one port for HTTP and, after an upgrade, for multiplexed frames ({@code docs/PROTOCOL.md}).
 *
 * <p><b>Threads.</b> A transport has {@code max(1, processors / 2)} threads that serve connections and one that accepts,
 * one timer, and up to four that look up names; all are daemons and end with the transport. A connection is bound to one thread
 * for life, and a link has one connection for each of these threads, so a lane is served by one thread. Requests are sent by
 * the thread that calls, unless another one is just sending on the same connection.
 *
 * <p><b>Bounds.</b> Those of {@link TransportOptions} for each link, with at most 65,536 calls in flight, and for the way back to
 * each client; the same number of calls that wait for an answer on each accepted connection. A connection that takes nothing
 * for 5 s, an accepted one that says nothing for 30 s, and a dialled one that leaves three pings unanswered are closed.
 */
public final class UndertowTransports implements TransportFactory {

    private final MuxSettings settings;
    private final Consumer<RouteTable.Builder> routes;
    private final @Nullable PortSecurity security;

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
        this(MuxSettings.defaults(), routes, null);
    }

    UndertowTransports(MuxSettings settings) {
        this(settings, routes -> {}, null);
    }

    private UndertowTransports(
            MuxSettings settings, Consumer<RouteTable.Builder> routes, @Nullable PortSecurity security) {
        this.settings = settings;
        this.routes = routes;
        this.security = security;
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
        return new UndertowTransports(settings.compressing(bytesMin), routes, security);
    }

    /**
     * Makes a factory like this one whose transports ask peers who they are. Those of a factory without security believe
     * everybody, and are for loopback addresses.
     *
     * @param by how peers are known
     * @return the other factory
     */
    public UndertowTransports secured(PortSecurity by) {
        return new UndertowTransports(settings, routes, by);
    }

    /**
     * Makes a factory like this one with another time for connections whose certificates were replaced or whose key was removed;
     * it is 60 s otherwise.
     *
     * @param grace how long they may last, 1 ms or more
     * @return the other factory
     */
    public UndertowTransports draining(Duration grace) {
        if (grace.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "The grace of old connections is " + grace + "; it must be 1 ms or more. Take 60 s.");
        }
        return new UndertowTransports(settings.draining(grace.toNanos()), routes, security);
    }

    @Override
    public String name() {
        return "undertow";
    }

    @Override
    public Transport create(TransportOptions options) {
        PortSecurity known = security == null ? PortSecurity.open(options.self().name()) : security;
        return new UndertowTransport(options, settings, routes, known);
    }
}
