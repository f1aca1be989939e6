package dev.hypercache.examples.roundtrip;

import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Undertow with a handler that sends back the body of a request, on the thread that read it. */
final class HttpEcho {

    static final String HOST = "127.0.0.1";
    static final String PATH = "/echo";

    private HttpEcho() {}

    /** Begins to answer; returns the port. */
    static int serve() {
        Undertow server = Undertow.builder()
                .addHttpListener(
                        0,
                        HOST,
                        exchange -> exchange.getRequestReceiver()
                                .receiveFullBytes((received, body) ->
                                        received.getResponseSender().send(ByteBuffer.wrap(body))))
                .build();
        server.start();
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }
}
