package dev.hypercache.transport.http;

import dev.hypercache.transport.auth.PortSecurity;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** A door on loopback with two routes that look at what the gate lets through. */
final class WatchedGate {

    /** Everything is too slow soon. */
    static final HttpLimits QUICK =
            new HttpLimits(16 * 1024, 50, 16, 300, new HttpLimits.BodyTime(300, 100), new HttpLimits.Connections(8, 4));

    private static final String SET = "/internal/set";
    /** More than the kernel's buffers of both directions hold on a machine with large ones. */
    static final int MUCH = 64 << 20;

    private static final int BODY_BYTES_MAX = 1_000;
    private static final Set<String> ONCE =
            Set.of("host", "content-length", "content-type", "authorization", "upgrade");

    private final AtomicReference<@Nullable String> breach = new AtomicReference<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final XnioWorker worker;
    private final HttpDoor door;
    private final InetSocketAddress address;

    private WatchedGate(XnioWorker worker, HttpLimits limits) throws IOException {
        this.worker = worker;
        RouteTable routes = RouteTable.builder()
                .get("/internal/get", Audience.CALLERS, this::serve)
                .get(
                        "/internal/much",
                        Audience.CALLERS,
                        exchange -> exchange.getResponseSender().send(ByteBuffer.allocate(MUCH)))
                .add("POST", SET, Audience.CALLERS, BODY_BYTES_MAX, this::serve)
                .build();
        door = new HttpDoor(worker, limits, routes, refusals::incrementAndGet, PortSecurity.open("test"));
        address = door.open(new InetSocketAddress("127.0.0.1", 0));
    }

    static WatchedGate open() throws IOException {
        return open(HttpLimits.DEFAULTS);
    }

    static WatchedGate open(HttpLimits limits) throws IOException {
        OptionMap options = OptionMap.create(Options.WORKER_IO_THREADS, 1, Options.THREAD_DAEMON, true);
        return new WatchedGate(Xnio.getInstance().createWorker(options), limits);
    }

    InetSocketAddress address() {
        return address;
    }

    int refusals() {
        return refusals.get();
    }

    void requireNoBreach() {
        String found = breach.getAndSet(null);
        if (found != null) {
            throw new AssertionError("the gate let through " + found);
        }
    }

    void close() throws InterruptedException {
        door.close();
        worker.shutdown();
        if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the worker does not end");
        }
        door.release();
    }

    private void serve(HttpServerExchange exchange) {
        boolean isSet = exchange.getRequestURI().equals(SET);
        require(isSet || exchange.getRequestURI().equals("/internal/get"), "another path");
        require(exchange.getRequestMethod().toString().equals(isSet ? "POST" : "GET"), "another method");
        require(exchange.getProtocol().toString().equals("HTTP/1.1"), "another protocol");
        require(RequestTarget.isQuery(exchange.getQueryString()), "another query");
        require(!exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING), "a body in chunks");
        long declared = Math.max(0, exchange.getRequestContentLength());
        require(declared <= (isSet ? BODY_BYTES_MAX : 0), "a body of " + declared + " bytes");
        for (HeaderValues values : exchange.getRequestHeaders()) {
            String name = values.getHeaderName().toString();
            require(values.size() == 1 || !ONCE.contains(name.toLowerCase()), "a header twice: " + name);
            require(List.copyOf(values).stream().noneMatch(RequestTarget::hasControl), "a control character");
        }
        exchange.getRequestReceiver()
                .receiveFullBytes(
                        (received, body) -> {
                            require(body.length == declared, "a body of another length");
                            received.getResponseSender().send("took " + body.length);
                        },
                        (broken, e) ->
                                broken.setStatusCode(400).setPersistent(false).endExchange());
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            breach.compareAndSet(null, what);
        }
    }
}
