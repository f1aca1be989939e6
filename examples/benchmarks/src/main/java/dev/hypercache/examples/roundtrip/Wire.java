package dev.hypercache.examples.roundtrip;

import dev.hypercache.examples.proofs.Proof;
import java.io.IOException;

/** A way to ask another process: its two ends, each in a JVM of its own. */
public interface Wire {

    /** Bytes of a request. */
    int REQUEST_BYTES = 100;

    /** Bytes of an answer. */
    int ANSWER_BYTES = 8;

    /** The name of the answering end, where ends have names. */
    String SERVER_NAME = "server";

    /** The name of the asking end. */
    String CLIENT_NAME = "client";

    /** Begins to answer; returns the port. */
    int serve() throws IOException;

    /** Connects to a port of this host. */
    void connect(int port) throws IOException;

    /** Asks once and waits for the answer. Called by many threads. */
    void ask() throws IOException;

    /** The end of a name whose callers yield before they park. */
    String YIELDING = "+yield";

    /** Finds one by its name. */
    static Wire of(String name) {
        return switch (name.replace(YIELDING, "")) {
            case "floor" -> new BlockingWire();
            case "netty" -> new NettyWire(false);
            case "netty+tls" -> new NettyWire(true);
            case "undertow" -> new TransportWire(Proof.NONE);
            case "undertow+mac" -> new TransportWire(Proof.KEYS);
            case "undertow+tls" -> new TransportWire(Proof.CERTIFICATES);
            case "http" -> new UndertowHttpWire();
            case "http-jdk" -> new JdkHttpWire();
            default ->
                throw new IllegalArgumentException(name
                        + " is none of floor, netty, netty+tls, undertow, undertow+mac, undertow+tls, http, http-jdk");
        };
    }
}
