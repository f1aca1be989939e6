package dev.hypercache.examples.roundtrip;

import dev.hypercache.spi.Address;
import dev.hypercache.spi.Incarnation;
import dev.hypercache.spi.NodeId;
import dev.hypercache.spi.Payload;
import dev.hypercache.spi.Peer;
import dev.hypercache.spi.security.MessageAuthenticator;
import dev.hypercache.spi.security.MessageAuthenticatorFactory;
import dev.hypercache.spi.security.Role;
import dev.hypercache.spi.security.Secret;
import dev.hypercache.spi.security.SigningKey;
import dev.hypercache.spi.transport.CallFailure;
import dev.hypercache.spi.transport.Frame;
import dev.hypercache.spi.transport.PeerLink;
import dev.hypercache.spi.transport.RemotePeer;
import dev.hypercache.spi.transport.ReplyHandler;
import dev.hypercache.spi.transport.Responder;
import dev.hypercache.spi.transport.RingFence;
import dev.hypercache.spi.transport.Transport;
import dev.hypercache.spi.transport.TransportListener;
import dev.hypercache.spi.transport.TransportOptions;
import dev.hypercache.transport.auth.LiveKeys;
import dev.hypercache.transport.auth.PortSecurity;
import dev.hypercache.transport.auth.SignedCalls;
import dev.hypercache.transport.undertow.UndertowTransports;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The transport of this product: one connection for all callers. */
final class TransportWire implements Wire, TransportListener {

    private static final Frame REQUEST = Frame.of(Payload.of(new byte[REQUEST_BYTES]));
    private static final Frame ANSWER = Frame.of(Payload.of(new byte[ANSWER_BYTES]));
    private static final NodeId SERVER = new NodeId("server", new Incarnation(1));
    private static final NodeId CLIENT = new NodeId("client", new Incarnation(1));
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final boolean authentic;
    private @Nullable PeerLink link;

    /** Makes one; on request its frames are authentic. */
    TransportWire(boolean authentic) {
        this.authentic = authentic;
    }

    private Address start(NodeId self, TransportListener listener) {
        return transport(self).start(listener);
    }

    private Transport transport(NodeId self) {
        UndertowTransports plain = new UndertowTransports();
        UndertowTransports transports = authentic ? plain.secured(shared(self.name())) : plain;
        return transports.create(TransportOptions.withDefaults(self, new Address("127.0.0.1", 0)));
    }

    /** Both processes hold the same key, which is no secret. */
    private static PortSecurity shared(String node) {
        MessageAuthenticator authenticator = ServiceLoader.load(MessageAuthenticatorFactory.class)
                .findFirst()
                .orElseThrow()
                .create();
        Secret secret = Secret.copyOf(new byte[SigningKey.SECRET_BYTES_LEAST]);
        authenticator.keys().install(SigningKey.unlimited("k1", secret, Role.MEMBER));
        authenticator.keys().use("k1");
        PortSecurity open = PortSecurity.open(node);
        SignedCalls calls = SignedCalls.of(
                new LiveKeys(authenticator), RingFence.CLUSTER_DEFAULT, Set.of(node), System::currentTimeMillis);
        return new PortSecurity(null, null, calls, null, open.audit(), open.counters(), open.clockMillis());
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
