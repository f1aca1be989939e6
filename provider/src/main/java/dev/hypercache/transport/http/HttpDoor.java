package dev.hypercache.transport.http;

import dev.hypercache.transport.auth.LiveTls;
import dev.hypercache.transport.auth.PortSecurity;
import io.undertow.UndertowOptions;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * The port: accepts connections and leads their requests through the gate to the routes.
 *
 * <p>Uses Undertow's listener without its builder, because connections are counted before Undertow sees them, and
 * because the worker belongs to somebody else.
 */
public final class HttpDoor {

    private static final int BUFFER_BYTES = 20 * 1024;
    private static final int BUFFERS_MAX = 1_024;
    private static final int BUFFERS_PER_THREAD = 12;

    private final XnioWorker worker;
    private final HttpLimits limits;
    private final RouteTable routes;
    private final Runnable onRefusal;
    private final PortSecurity security;
    private final @Nullable TlsChannels tls;
    private final ByteBufferPool buffers =
            new DefaultByteBufferPool(true, BUFFER_BYTES, BUFFERS_MAX, BUFFERS_PER_THREAD);

    private volatile @Nullable AcceptingChannel<StreamConnection> channel;

    /**
     * Makes a door that is not open.
     *
     * @param worker whose threads serve the connections
     * @param limits what the gate lets through
     * @param routes what there is behind it
     * @param onRefusal is told of each request and connection that is turned away, by any thread
     * @param security how callers are known
     */
    public HttpDoor(
            XnioWorker worker, HttpLimits limits, RouteTable routes, Runnable onRefusal, PortSecurity security) {
        this.worker = worker;
        this.limits = limits;
        this.routes = routes;
        this.onRefusal = onRefusal;
        this.security = security;
        LiveTls live = security.tls();
        this.tls = live == null ? null : new TlsChannels(live, security.isCertificateRequired());
    }

    /**
     * Binds and begins to accept.
     *
     * @param address where; port 0 lets the system choose
     * @return the address that was bound
     * @throws IOException if it cannot be bound
     */
    public InetSocketAddress open(InetSocketAddress address) throws IOException {
        HttpOpenListener http = new HttpOpenListener(buffers, options());
        http.setRootHandler(new HttpGate(routes, limits, onRefusal, security));
        ChannelListener<StreamConnection> watched = connection -> serve(http, connection);
        ConnectionCap cap = new ConnectionCap(watched, limits.connections(), onRefusal);
        OptionMap socket = OptionMap.create(Options.TCP_NODELAY, true, Options.REUSE_ADDRESSES, true);
        AcceptingChannel<StreamConnection> bound =
                worker.createStreamConnectionServer(address, ready -> accept(ready, cap), socket);
        channel = bound;
        bound.resumeAccepts();
        return bound.getLocalAddress(InetSocketAddress.class);
    }

    private void serve(HttpOpenListener http, StreamConnection connection) {
        TlsChannels secure = tls;
        if (secure == null) {
            HeadWatch.watch(connection, null);
            http.handleEvent(connection);
        } else {
            TlsChannels.Secured secured = secure.accepted(connection);
            HandshakeWatch.watch(connection, secured.channel(), security);
            HeadWatch.watch(secured.channel(), secured.material());
            http.handleEvent(secured.channel());
        }
    }

    private static void accept(AcceptingChannel<StreamConnection> from, ConnectionCap cap) {
        try {
            StreamConnection accepted = from.accept();
            if (accepted != null) {
                cap.handleEvent(accepted);
            }
        } catch (IOException closed) {
            // The door was closed while somebody stood before it.
        }
    }

    private OptionMap options() {
        return OptionMap.builder()
                .set(UndertowOptions.MAX_HEADER_SIZE, limits.headerBytesMax())
                .set(UndertowOptions.MAX_HEADERS, limits.headersMax())
                .set(UndertowOptions.MAX_PARAMETERS, limits.parametersMax())
                .set(UndertowOptions.MAX_ENTITY_SIZE, Math.max(1, routes.bodyBytesMax()))
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, limits.requestMillis())
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, limits.requestMillis())
                .set(UndertowOptions.DECODE_URL, false)
                .set(UndertowOptions.ENABLE_HTTP2, false)
                .set(UndertowOptions.ALWAYS_SET_DATE, true)
                .getMap();
    }

    /** Accepts no more; connections that are open stay. */
    public void close() {
        IoUtils.safeClose(channel);
    }

    /** Gives the buffers back, once the worker's threads have ended. */
    public void release() {
        buffers.close();
        if (tls != null) {
            tls.release();
        }
    }
}
