package dev.hypercache.transport.undertow;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.RingId;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportNodes;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.undertow.wire.Hello;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Nodes over TCP, and raw peers that talk to them. */
abstract class RawNodes extends TransportNodes {

    static final NodeId RAW = id("raw", 1);

    private Killable transports = new Killable(MuxSettings.defaults());

    final void use(TestSettings settings) {
        transports = new Killable(settings);
    }

    @Override
    protected final Transport create(TransportOptions options) {
        return transports.create(options);
    }

    @Override
    protected final Address bind() {
        return new Address("127.0.0.1", 0);
    }

    @Override
    protected final void kill(NodeId node) {
        transports.kill(node);
    }

    static Hello hello(int versionMin, int versionMax, String cluster, @Nullable RingId ring, @Nullable NodeId target) {
        return new Hello(versionMin, versionMax, 0, 1 << 20, 0, 0, cluster, ring, RAW, target);
    }

    static Hello hello(Node target) {
        return hello(1, 1, "hypercache", null, target.id());
    }

    /** A client with one stripe for data, 0, and one for control, 1. */
    static Hello client(Node target, int stripe, int stripes) {
        int features = Hello.FEATURE_CLIENT;
        return new Hello(1, 1, features, 1 << 20, stripe, stripes, "hypercache", null, RAW, target.id());
    }

    /** A raw peer that a node has let in. */
    static RawPeer join(Node node) throws IOException {
        return join(node, hello(node));
    }

    /** A raw peer that a node has let in. */
    static RawPeer join(Node node, Hello hello) throws IOException {
        RawPeer peer = RawPeer.greet(node.address(), hello);
        RawPeer.Received answer = peer.read();
        if (answer.opcode() != 1 || answer.flags() != 1) {
            throw new IOException("not let in: " + answer);
        }
        return peer;
    }
}
