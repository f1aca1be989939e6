package dev.hypercache.transport.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Peer;
import dev.hypercache.transport.undertow.wire.Hello;
import dev.hypercache.transport.undertow.wire.MuxHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Somebody who listens where a node should, and answers as a test likes. */
final class FakeNode implements AutoCloseable {

    private final ServerSocket server;
    private final List<RawPeer> accepted = new ArrayList<>();
    private final NodeId id;

    FakeNode(NodeId id) throws IOException {
        this.id = id;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    Peer peer() {
        return new Peer(id, new Address("127.0.0.1", server.getLocalPort()));
    }

    RawPeer accept() throws IOException {
        RawPeer caller = new RawPeer(server.accept());
        accepted.add(caller);
        return caller;
    }

    /** Accepts a connection, switches it, and answers its greeting. */
    RawPeer letIn(int versionMin, int versionMax) throws IOException {
        RawPeer caller = accept();
        caller.readHead();
        caller.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: hcmux/1\r\nConnection: Upgrade\r\n\r\n"
                .getBytes(US_ASCII));
        caller.read();
        Hello answer = new Hello(versionMin, versionMax, 0, 1 << 20, 0, 0, "hypercache", null, id, null);
        caller.frame(MuxHeader.HELLO, MuxHeader.RESPONSE, 0, answer.encode());
        return caller;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (RawPeer caller : accepted) {
            caller.close();
        }
    }
}
