package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportCounts;
import dev.hypercache.spi.transport.TransportException;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.http.Audience;
import dev.hypercache.transport.http.HttpDoor;
import dev.hypercache.transport.http.RouteTable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** The life of one node's door: not started, open, closed. What is open is a {@link MuxNode}. */
final class UndertowTransport implements Transport {

    private static final int LOOK_UP_THREADS_MAX = 4;

    private final TransportOptions options;
    private final MuxSettings settings;
    private final Consumer<RouteTable.Builder> routes;
    private final PortSecurity security;
    private final Counters counters = new Counters();

    private @Nullable MuxNode node;
    private @Nullable HttpDoor door;
    private boolean closed;

    UndertowTransport(
            TransportOptions options,
            MuxSettings settings,
            Consumer<RouteTable.Builder> routes,
            PortSecurity security) {
        this.options = options;
        this.settings = settings;
        this.routes = routes;
        this.security = security;
    }

    @Override
    public synchronized Address start(TransportListener listener) {
        Objects.requireNonNull(listener, "listener");
        if (closed || node != null) {
            throw new IllegalStateException("The transport of " + options.self() + " was "
                    + (closed ? "closed" : "started") + " before. Make a new one.");
        }
        XnioWorker worker = createWorker();
        MuxNode opened = new MuxNode(options, settings, counters, worker, security, listener);
        if (options.isClient()) {
            opened.start();
            node = opened;
            return options.bind();
        }
        RouteTable.Builder table = RouteTable.builder().get(MuxDoor.PATH, Audience.CALLERS, new MuxDoor(opened));
        routes.accept(table);
        HttpDoor bound = new HttpDoor(worker, settings.http(), table.build(), counters::refused, security);
        opened.start();
        try {
            InetSocketAddress local = bound.open(addressOf(options.bind()));
            node = opened;
            door = bound;
            return new Address(options.bind().host(), local.getPort());
        } catch (IOException e) {
            opened.end(false);
            throw cannotBind(e);
        }
    }

    private XnioWorker createWorker() {
        String name = "hypercache-mux-" + options.self().name().replaceAll("[^A-Za-z0-9._-]", "_");
        try {
            return Xnio.getInstance(UndertowTransport.class.getClassLoader())
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_NAME, name)
                            .set(Options.WORKER_IO_THREADS, settings.ioThreads())
                            .set(Options.WORKER_TASK_CORE_THREADS, 1)
                            .set(Options.WORKER_TASK_MAX_THREADS, LOOK_UP_THREADS_MAX)
                            .set(Options.THREAD_DAEMON, true)
                            .getMap());
        } catch (IOException e) {
            throw cannotBind(e);
        }
    }

    private static InetSocketAddress addressOf(Address bind) throws IOException {
        InetSocketAddress address = new InetSocketAddress(bind.host(), bind.port());
        if (address.isUnresolved()) {
            throw new IOException("the name " + bind.host() + " has no address");
        }
        return address;
    }

    private TransportException cannotBind(IOException why) {
        return new TransportException(
                options.self() + " cannot listen at " + options.bind() + ": " + why.getMessage()
                        + ". Choose another address or port, or end who uses it.",
                why);
    }

    @Override
    public PeerLink link(Peer peer) {
        Objects.requireNonNull(peer, "peer");
        MuxNode opened = opened();
        PeerLink link = opened == null ? null : opened.link(peer);
        if (link == null) {
            throw new IllegalStateException(
                    "The transport of " + options.self() + " is not open: no way to " + peer + ".");
        }
        return link;
    }

    @Override
    public boolean post(RemotePeer client, Frame message, int lane) {
        client.requireClient();
        MuxNode opened = opened();
        if (opened == null || opened.isLeaving()) {
            return false;
        }
        opened.requireFits(message);
        WayBack way = opened.accepted().wayBack(client);
        return way != null && way.post(message, lane);
    }

    @Override
    public TransportCounts counts() {
        return counters.read();
    }

    @Override
    public void close() {
        close(true);
    }

    /** Ends without a word, as the death of the process would. */
    void kill() {
        close(false);
    }

    private void close(boolean politely) {
        MuxNode opened;
        HttpDoor bound;
        synchronized (this) {
            opened = closed ? null : node;
            bound = door;
            closed = true;
        }
        if (opened == null) {
            return;
        }
        if (bound != null) {
            bound.close();
        }
        if (politely) {
            opened.leave();
        } else {
            opened.end(false);
        }
        if (bound != null) {
            bound.release();
        }
    }

    private synchronized @Nullable MuxNode opened() {
        return closed ? null : node;
    }
}
