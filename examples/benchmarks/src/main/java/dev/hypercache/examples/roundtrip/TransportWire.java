package dev.hypercache.examples.roundtrip;

import dev.hypercache.examples.proofs.Proof;
import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.ReplyHandler;
import dev.hypercache.spi.transport.Responder;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.undertow.UndertowTransports;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The transport of this product: one connection for all callers. */
final class TransportWire implements Wire, TransportListener {

    private static final Frame REQUEST = Frame.of(Payload.of(new byte[REQUEST_BYTES]));
    private static final Frame ANSWER = Frame.of(Payload.of(new byte[ANSWER_BYTES]));
    private static final NodeId SERVER = new NodeId(SERVER_NAME, new Incarnation(1));
    private static final NodeId CLIENT = new NodeId(CLIENT_NAME, new Incarnation(1));
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Proof proof;
    private @Nullable PeerLink link;

    /** Makes one whose ends know each other in this way. */
    TransportWire(Proof proof) {
        this.proof = proof;
    }

    private Address start(NodeId self, TransportListener listener) {
        return transport(self).start(listener);
    }

    private Transport transport(NodeId self) {
        UndertowTransports plain = new UndertowTransports();
        UndertowTransports transports =
                proof == Proof.NONE ? plain : plain.secured(WireSecurity.of(proof, self.name()));
        return transports.create(TransportOptions.withDefaults(self, new Address("127.0.0.1", 0)));
    }

    @Override
    public int serve() {
        return start(SERVER, this).port();
    }

    @Override
    public void connect(int port) {
        Transport transport = transport(CLIENT);
        transport.start(this);
        link = transport.link(new Peer(SERVER, new Address("127.0.0.1", port)));
    }

    @Override
    public void ask() throws IOException {
        PeerLink to = link;
        Waiter waiter = new Waiter();
        if (to == null) {
            throw new IOException("not connected");
        }
        to.call(REQUEST, 0, TIMEOUT_NANOS, new ReplyHandler() {
            @Override
            public void onReply(ByteBuffer reply) {
                waiter.answer();
            }

            @Override
            public void onFailure(CallFailure failure) {
                waiter.fail();
            }
        });
        if (!waiter.await()) {
            throw new IOException("no answer");
        }
    }

    @Override
    public void onCall(RemotePeer from, ByteBuffer request, long timeoutNanos, Responder responder) {
        responder.reply(ANSWER);
    }

    @Override
    public void onPost(RemotePeer from, ByteBuffer message) {}

    @Override
    public void onConnected(RemotePeer peer) {}

    @Override
    public void onDisconnected(RemotePeer peer, boolean reset) {}
}
